"""Where names and passwords of music servers go, and where they never do."""

from __future__ import annotations

import ipaddress
import logging
import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from resonance.adapters.navidrome import client
from resonance.core.errors import Forbidden, Invalid, Unavailable
from resonance.library.remote.ports import Refused
from resonance.library.remote.signing import same_server
from resonance.model.caller import OPERATOR
from resonance.worker import remote_sync
from tests.fixtures.navidrome import Account, FakeNavidrome, fill
from tests.rooms.navidrome.kit import Home

HTML = (200, {"Content-Type": "text/html"}, b"<html><body>Sign in to the hotel's network</body></html>")
JSON = {"Content-Type": "application/json"}


def test_a_server_under_a_path(home: Home) -> None:
    with FakeNavidrome(prefix="/music/box") as server:
        server.add_sound(fill(server, 3)[0], b"ID3" + bytes(2000))
        url, server.url = server.url, f"{server.url}/music/box/"
        server_id = home.add(server)
        assert home.server(server_id).url == f"{url}/music/box"
        assert home.sync(server_id).counts.added == 3
        assert all(path.startswith("/music/box/") for path in server.addresses)
        server.url = url
        with pytest.raises((Unavailable, Refused)):
            home.add(server)


def test_where_names_and_passwords_may_go() -> None:
    mine = "http://nas:4533/navidrome"
    assert same_server(mine, "http://nas:4533/elsewhere")
    assert same_server(mine, "https://nas/navidrome")
    assert not same_server("https://nas", "http://nas")
    for other in (
        "http://nas:80",
        "http://nas.evil:4533",
        "ftp://nas:4533",
        "//nas:4533",
        "http://nas:99999",
        "",
    ):
        assert not same_server(mine, other)


@pytest.mark.parametrize(
    "target", ["http://[bad", "http://127.0.0.1:99999/x", "gopher://127.0.0.1/", "//evil/x"]
)
def test_redirects_to_nowhere_end_the_request(home: Home, server: FakeNavidrome, target: str) -> None:
    server_id = home.add(server)
    server.instead["/"] = (302, {"Location": target}, b"")
    with pytest.raises(Unavailable, match="another address"):
        home.sync(server_id)
    place_free = home.services.servers.open(home.server(server_id))
    with pytest.raises(Unavailable, match="another address"):
        place_free.open("x", 0)
    place_free.close()


def test_a_redirect_in_a_circle_ends(home: Home, server: FakeNavidrome) -> None:
    server_id = home.add(server)
    server.instead["/rest/getScanStatus"] = (302, {"Location": f"{server.url}/rest/getScanStatus.view"}, b"")
    with pytest.raises(Unavailable, match="from address to address"):
        home.sync(server_id)


@pytest.mark.parametrize(
    "url", ["http://host:99999", "http://[::1", "http://a b", "http://", "//host", "http://h#x"]
)
def test_no_such_address(home: Home, url: str) -> None:
    with pytest.raises(Invalid):
        home.services.servers.test(OPERATOR, url, "ada", "secret")


def test_only_admins_name_addresses(home: Home, server: FakeNavidrome) -> None:
    person, servers = home.person("berta"), home.services.servers
    given = {"url": server.url, "username": "ada", "password": "secret"}
    server_id = home.add(server)
    server.forget_requests()
    with pytest.raises(Forbidden):
        servers.test(person, **given)
    with pytest.raises(Forbidden):
        servers.add(person, name="x", **given)
    with pytest.raises(Forbidden):
        servers.change(person, server_id, **given)
    assert server.log == []


def test_a_new_address_asks_everybody_for_the_password(home: Home, server: FakeNavidrome) -> None:
    server_id = home.add(server)
    link = home.link(home.person("berta"), server_id)
    with FakeNavidrome() as other:
        home.services.servers.change(OPERATOR, server_id, url=other.url, password="secret")
        other.forget_requests()
        assert home.link_row(link).secret == ""
        home.sync(server_id)
        assert other.count("/api/playlist") == 0
        assert "password" in home.link_row(link).problem.lower()


def test_an_account_that_was_deleted_there(home: Home, server: FakeNavidrome) -> None:
    server.accounts["berta"] = Account("berta", "secret", {1})
    server_id = home.add(server)
    person = home.person("berta")
    link = home.link(person, server_id, "berta")
    home.sync(server_id)
    del server.accounts["berta"]
    report = home.sync(server_id)
    assert "name and password" in report.people[0]["problem"]
    assert home.seen_by(person).libraries == frozenset()
    assert home.link_row(link).token is None
    assert report.state == "unchanged", "one person's trouble is not the catalogue's"


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = folder / "own.pem"
    path.write_bytes(key.private_bytes(*form) + made.public_bytes(serialization.Encoding.PEM))
    return path


def test_a_certificate_that_nobody_vouches_for(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.socket = context.wrap_socket(http.socket, server_side=True)
        threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
        url = f"https://127.0.0.1:{http.server_address[1]}"
        with pytest.raises(Unavailable, match="certificate"):
            home.services.servers.test(OPERATOR, url, "ada", "secret")
        assert asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "own.pem"))
        client._trusted.cache_clear()
        with pytest.raises(Unavailable, match="does not answer"):
            home.services.servers.test(OPERATOR, url, "ada", "secret")
        client._trusted.cache_clear()
        http.shutdown()
    assert asked == ["/auth/login"], "who vouches for it is for this machine to say"


def test_no_secret_is_in_any_log_or_address(
    home: Home, server: FakeNavidrome, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore"):
        caplog.set_level(logging.WARNING, logger=name)  # as the server runs: see core.logs
    word = "Tr0ub4dor-and-3"
    server.accounts = {name: Account(name, word) for name in ("ada", "berta")}
    server_id = home.add(server, password=word)
    person, links = home.person("berta"), home.services.servers.links
    links.link(person, server_id, "berta", word)
    home.sync(server_id)
    with pytest.raises(Refused):
        links.link(home.person("carl"), server_id, "nobody", word)
    server.instead["/rest/star"] = HTML
    home.like(person, "track", home.track("Song 1 of 0").id)
    home.sync(server_id)
    remote_sync.forward_plays(home.services)
    server.accounts["berta"].password = "other"
    server.expire()
    home.sync(server_id)
    opened = home.services.servers.open(home.server(server_id))
    seen = [caplog.text, *capfd.readouterr(), *server.addresses, repr(opened), repr(vars(opened))]
    seen += [str(home.server(server_id)), str(home.links(server_id))]
    with home.services.db.read() as uow:
        seen += [str(home.services.servers.all(uow, OPERATOR)), str(links.all(uow, person))]
    assert "remote.shut_out" in "".join(seen)
    for text in seen:
        assert word not in text
        assert word.encode().hex() not in text
    given = server.tokens_given
    assert not [token for token in given for text in seen[:-5] + seen[-4:] if token in text]
