"""Navidrome by its own interface, any other server by the OpenSubsonic one."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from resonance.adapters.navidrome.client import Wire
from resonance.adapters.navidrome.native import PAGE, Navidrome
from resonance.adapters.navidrome.subsonic import OpenSubsonic
from resonance.library.remote.ports import Credentials, Kind, Remote

__all__ = ["Connector", "Navidrome", "OpenSubsonic"]


class Connector:
    """Opens accounts. `page` songs are asked for at once of a Navidrome; `sleep` waits between tries."""

    def __init__(
        self,
        version: str,
        *,
        page: int = PAGE,
        sleep: Callable[[float], None] | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._version, self._page, self._sleep, self._transport = version, page, sleep, transport

    def __call__(self, kind: Kind | None, credentials: Credentials, *, patient: bool = True) -> Remote:
        """An account; `kind` None asks the server what it is. Refused, Unavailable or Invalid."""
        wire = Wire(
            credentials.url,
            self._version,
            patient=patient,
            sleep=self._sleep,
            transport=self._transport,
        )
        try:
            if kind is None:
                kind = "navidrome" if wire.speaks_native() else "opensubsonic"
            if kind == "navidrome":
                return Navidrome(wire, credentials, self._page)
            return OpenSubsonic(wire, credentials)
        except BaseException:
            wire.close()
            raise
