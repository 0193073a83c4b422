"""Asks LRCLIB, politely: one request at a time, a second apart, and as it wishes to be left alone."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from resonance.adapters.lrclib import parse
from resonance.core.errors import Unavailable
from resonance.core.logs import logger
from resonance.library.ports import FoundLyrics, WantedLyrics

log = logger(__name__)

TIMEOUT_S = 20.0
APART_S = 1.0
ATTEMPTS = 3
LONGEST_WAIT_S = 8.0  # for another attempt; what is longer ends the question
TURN_S = 30.0  # others may be asking
LARGEST_ANSWER = 4 * 2**20
LONGEST_NAME = 300
_DURATIONS_S = (1, 3600)  # what it takes


class Lrclib:
    """One server of LRCLIB's interface. `version` is ours, for the User-Agent."""

    name = "lrclib"

    def __init__(
        self,
        url: str,
        version: str,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._http = httpx.Client(
            base_url=url.rstrip("/"),
            timeout=TIMEOUT_S,
            headers={"User-Agent": f"Resonance/{version} (self-hosted music server)"},
            transport=transport,
        )
        self._sleep, self._clock = sleep, clock
        self._turn = threading.Lock()
        self._free_at = 0.0  # when the next request may start
        self._shut_until = 0.0  # as the server asked for

    def close(self) -> None:
        """Close connections."""
        self._http.close()

    def find(self, wanted: WantedLyrics) -> FoundLyrics | None:
        """The words of a track: its exact record, else the best of a search. Raises Unavailable."""
        for artist in wanted.artists[:1]:
            exact = parse.record(self._ask("/api/get", _signature(wanted, artist)))
            if exact is not None and (found := parse.best([exact], wanted)) is not None:
                return found
        for artist in wanted.artists[:2]:
            names = {"track_name": wanted.title[:LONGEST_NAME], "artist_name": artist[:LONGEST_NAME]}
            answers = parse.records(self._ask("/api/search", names))
            if (found := parse.best(answers, wanted)) is not None:
                return found
        return None

    def _ask(self, path: str, params: dict[str, str]) -> Any:
        """The answer's JSON, None for "not found"."""
        with self._in_turn():
            for attempt in range(1, ATTEMPTS + 1):
                wait = max(self._free_at, self._shut_until) - self._clock()
                if wait > LONGEST_WAIT_S:
                    raise _unavailable(wait)
                if wait > 0:
                    self._sleep(wait)
                status, body = self._send(path, params)
                if status in (200, 404):
                    return _json(body) if status == 200 else None
                # 400 and its like: asking again would not help.
                if status is not None and status < 500 and status != 429:
                    log.warning("lrclib.refused", status=status, path=path)
                    raise _unavailable()
                if attempt < ATTEMPTS:
                    self._free_at = max(self._free_at, self._clock() + 2.0 ** (attempt - 1))
            raise _unavailable(max(0.0, self._shut_until - self._clock()))

    def _send(self, path: str, params: dict[str, str]) -> tuple[int | None, bytes]:
        """(status, body); no status when the server was not reached or its answer is too long."""
        self._free_at = self._clock() + APART_S
        try:
            with self._http.stream("GET", path, params=params) as answer:
                if answer.status_code in (429, 503):
                    self._shut_until = self._clock() + _retry_after(answer.headers.get("retry-after"))
                body = b""
                for part in answer.iter_bytes():
                    body += part
                    if len(body) > LARGEST_ANSWER:
                        log.warning("lrclib.too_long", path=path)
                        return None, b""
                return answer.status_code, body
        except httpx.HTTPError as fault:
            log.info("lrclib.unreachable", reason=type(fault).__name__)
            return None, b""

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=TURN_S):
            raise _unavailable(TURN_S)
        try:
            yield
        finally:
            self._turn.release()


def _signature(wanted: WantedLyrics, artist: str) -> dict[str, str]:
    params = {"track_name": wanted.title[:LONGEST_NAME], "artist_name": artist[:LONGEST_NAME]}
    if wanted.album:
        params["album_name"] = wanted.album[:LONGEST_NAME]
    shortest, longest = _DURATIONS_S
    if wanted.duration_s is not None and shortest <= round(wanted.duration_s) <= longest:
        params["duration"] = str(round(wanted.duration_s))
    return params


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as fault:
        log.warning("lrclib.no_json")
        raise _unavailable() from fault


def _retry_after(value: str | None) -> float:
    """Seconds; a date or nonsense counts as half a minute."""
    if value is None:
        return 0.0
    return min(float(value), 3600.0) if value.isascii() and value.isdigit() else 30.0


def _unavailable(wait_s: float = 0.0) -> Unavailable:
    retry_after = max(1, round(wait_s)) if wait_s > 0 else None
    return Unavailable(
        "lrclib", "The lyrics service does not answer. Try again later.", retry_after=retry_after
    )
