"""Who really asks, when a reverse proxy stands between.

X-Forwarded-* headers are believed only from the addresses in TRUSTED_PROXIES; anybody else may write what
they like into them. After this middleware `scope["client"]`, `scope["scheme"]` and the Host header are those
of the person's request, and `scope["root_path"]` is the sub-path of BASE_URL, whether the proxy strips it
from the address or not.
"""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

from starlette.datastructures import Headers

if TYPE_CHECKING:
    from ipaddress import IPv4Address

    from starlette.requests import HTTPConnection
    from starlette.types import ASGIApp, Receive, Scope, Send

_PASSED_ON = ("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via")
_SECURE = {"http": "https", "ws": "wss", "https": "https", "wss": "wss"}
_PLAIN = {"https": "http", "wss": "ws", "http": "http", "ws": "ws"}


class TrustedProxies:
    """Pure ASGI, the outermost middleware: everything inside sees the resolved scope."""

    def __init__(self, app: ASGIApp, trusted: tuple[str, ...], root_path: str = "") -> None:
        self.app = app
        self._root_path = root_path
        self._networks = [ip_network(word, strict=False) for word in trusted]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            _resolve(scope, self._networks)
            scope["root_path"] = self._root_path or scope.get("root_path", "")
        await self.app(scope, receive, send)


def client_key(connection: HTTPConnection) -> str:
    """What limits count by: the address of the person's machine, "unknown" over a Unix socket.

    For IPv6 it is the /64 network, because every customer has 2^64 addresses to try from.
    """
    client = connection.scope.get("client")
    address = _address(client[0]) if client else None
    if isinstance(address, IPv6Address) and not address.is_loopback:
        return str(ip_network((address, 64), strict=False))
    return str(address) if address else "unknown"


def is_from_here(connection: HTTPConnection) -> bool:
    """Whether the request was made on this machine and through nothing.

    A proxy on this machine connects from loopback too, also one that adds no header (nginx without
    settings), so everything that such a proxy could leave behind counts against.
    """
    return bool(connection.scope.get("state", {}).get("from_here", False))


def is_https(connection: HTTPConnection) -> bool:
    """Whether the person's own connection is encrypted."""
    return connection.scope["scheme"] in ("https", "wss")


def _resolve(scope: Scope, networks: list[IPv4Network | IPv6Network]) -> None:
    headers = Headers(scope=scope)
    client = scope.get("client")
    peer = _address(client[0]) if client else None
    trusted = peer is not None and _in(peer, networks)
    state = scope.setdefault("state", {})
    state["from_here"] = (
        peer is not None
        and peer.is_loopback
        and not trusted
        and not any(name in headers for name in _PASSED_ON)
        and scope.get("http_version", "1.1") != "1.0"  # what nginx speaks to backends unless told otherwise
        and _is_loopback_name(headers.get("host", ""))
    )
    if not trusted or peer is None:
        return
    scope["client"] = (str(_original(peer, headers.getlist("x-forwarded-for"), networks)), 0)
    # Proxies overwrite these; where one appended, the nearest one's word stands last.
    proto = _last(headers.getlist("x-forwarded-proto")).lower()
    if proto in ("https", "wss"):
        scope["scheme"] = _SECURE.get(scope["scheme"], scope["scheme"])
    elif proto in ("http", "ws"):
        scope["scheme"] = _PLAIN.get(scope["scheme"], scope["scheme"])
    host = _last(headers.getlist("x-forwarded-host"))
    if host:
        others = [(name, value) for name, value in scope["headers"] if name != b"host"]
        scope["headers"] = [(b"host", host.encode("latin-1")), *others]


def _original(
    peer: IPv4Address | IPv6Address, lists: list[str], networks: list[IPv4Network | IPv6Network]
) -> IPv4Address | IPv6Address:
    """Walk back from the nearest hop to the first that is no proxy of ours; what comes before is hearsay."""
    found = peer
    for word in reversed(",".join(lists).split(",")):
        address = _address(word)
        if address is None:
            return found
        found = address
        if not _in(address, networks):
            return found
    return found


def _address(word: str) -> IPv4Address | IPv6Address | None:
    text = word.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


def _in(address: IPv4Address | IPv6Address, networks: list[IPv4Network | IPv6Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def _is_loopback_name(host: str) -> bool:
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    if name.lower() in ("localhost", "localhost."):
        return True
    address = _address(name)
    return address is not None and address.is_loopback


def _last(values: list[str]) -> str:
    return ",".join(values).rpartition(",")[2].strip()
