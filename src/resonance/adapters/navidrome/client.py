"""Requests to one server: time limits, bounded tries, redirects within it, no secret in any address."""

from __future__ import annotations

import random
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urljoin

import httpx
import msgspec

from resonance.core.errors import Unavailable
from resonance.core.logs import logger
from resonance.library.remote.ports import UNSURE
from resonance.library.remote.signing import same_server

log = logger(__name__)

ATTEMPTS = 4
LONGEST_WAIT_S = 10.0
LARGEST_ANSWER = 64 * 2**20
LONGEST_ANSWER_S = 300.0
REDIRECTS = 3
TIMEOUT = httpx.Timeout(60.0, connect=10.0)
HASTE = httpx.Timeout(15.0, connect=5.0)  # somebody looks at a form and waits
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})

UNTRUSTED = "The music server's certificate is not one that this machine trusts."

Form = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    headers: httpx.Headers
    body: bytes

    def json(self) -> Any:
        """Its content; Unavailable when it is no JSON."""
        try:
            return msgspec.json.decode(self.body)
        except msgspec.DecodeError as fault:
            raise unavailable("The music server's answer cannot be read.") from fault


class Wire:
    """A connection to a server. Counts what it sends."""

    def __init__(
        self,
        url: str,
        version: str,
        *,
        patient: bool = True,
        sleep: Callable[[float], None] | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._attempts = ATTEMPTS if patient else 1
        self._base = url.rstrip("/")
        self._sleep = sleep or time.sleep
        self.requests = 0
        self._http = httpx.Client(
            timeout=TIMEOUT if patient else HASTE,
            headers={"User-Agent": f"Resonance/{version}"},
            transport=transport,
            verify=_trusted(),
            trust_env=False,
        )

    def close(self) -> None:
        """Close connections."""
        self._http.close()

    def ask(
        self,
        path: str,
        *,
        params: Form | None = None,
        form: Form | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        counted: bool = True,
        again: bool = True,
    ) -> Answer:
        """The answer, of whatever status below 500. `again`: repeating the request does no harm."""
        wait = 0.0
        for attempt in range(1, self._attempts + 1):
            if wait:
                self._sleep(wait)
            self.requests += counted
            try:
                answer = self._whole(path, params, form, json, headers)
            except (httpx.TransportError, httpx.InvalidURL) as fault:
                log.info("remote.no_answer", path=path, reason=type(fault).__name__, attempt=attempt)
                if _untrusted(fault):
                    raise unavailable(UNTRUSTED) from fault
                if not again and not isinstance(fault, httpx.ConnectError | httpx.ConnectTimeout):
                    raise unsure() from fault
                wait = _pause(attempt, None)
                continue
            if answer.status not in _AGAIN:
                return answer
            log.info("remote.failed", path=path, status=answer.status, attempt=attempt)
            if not again and answer.status != 429:
                raise unsure()
            wait = _pause(attempt, answer.headers.get("retry-after"))
        raise unavailable("The music server does not answer. Try again later.")

    def speaks_native(self) -> bool:
        """Whether Navidrome's own interface is there: it refuses a stranger in its own way."""
        answer = self.ask("/auth/login", json={"username": "", "password": ""}, counted=False)
        if answer.status not in (200, 401, 422):
            return False
        try:
            return isinstance(msgspec.json.decode(answer.body), dict)
        except msgspec.DecodeError:
            return False

    def stream(self, path: str, form: Form, headers: Mapping[str, str]) -> httpx.Response:
        """An open answer whose body is still to come; to be closed by the caller."""
        self.requests += 1
        url = self._base + path
        for _ in range(REDIRECTS + 1):
            request = self._http.build_request("POST", url, data=dict(form), headers=dict(headers))
            try:
                answer = self._http.send(request, stream=True)
            except (httpx.TransportError, httpx.InvalidURL) as fault:
                words = (
                    UNTRUSTED if _untrusted(fault) else "The music server does not answer. Try again later."
                )
                raise unavailable(words) from fault
            if not answer.has_redirect_location:
                return answer
            answer.close()
            url = self._next(url, answer)
        raise unavailable("The music server sends from address to address.")

    def _whole(
        self, path: str, params: Form | None, form: Form | None, json: Any, headers: Mapping[str, str] | None
    ) -> Answer:
        url, method = self._base + path, "GET" if form is None and json is None else "POST"
        for _ in range(REDIRECTS + 1):
            request = self._http.build_request(
                method,
                url,
                params=params,
                data=form,
                json=json,
                headers=headers,
            )
            answer = self._http.send(request, stream=True)
            try:
                if not answer.has_redirect_location:
                    return Answer(answer.status_code, answer.headers, _body(answer.iter_bytes()))
            finally:
                answer.close()
            url, params = self._next(url, answer), None
        raise unavailable("The music server sends from address to address.")

    def _next(self, url: str, answer: httpx.Response) -> str:
        """Where a redirect leads. Names and passwords go nowhere but to the server they are for."""
        try:
            target = urljoin(url, answer.headers["location"])
        except ValueError:
            target = ""
        if not same_server(self._base, target):
            raise unavailable("The music server sends to another address. Give that one, if it is yours.")
        return target


def _body(parts: Iterator[bytes]) -> bytes:
    body, end = bytearray(), time.monotonic() + LONGEST_ANSWER_S
    for part in parts:
        body += part
        if len(body) > LARGEST_ANSWER or time.monotonic() > end:
            raise unavailable("The music server's answer is too long.")
    return bytes(body)


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities of this machine, so that an own one can be added there, and the public ones."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


def _untrusted(fault: BaseException | None) -> bool:
    while fault is not None:
        if isinstance(fault, ssl.SSLCertVerificationError):
            return True
        fault = fault.__cause__ or fault.__context__
    return False


def _pause(attempt: int, asked: str | None) -> float:
    if asked is not None and asked.isascii() and asked.isdigit():
        return min(float(asked), LONGEST_WAIT_S)
    return min(LONGEST_WAIT_S, 0.25 * 2.0**attempt) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret


def unsure() -> Unavailable:
    """Nobody knows whether the request was carried out."""
    fault = unavailable("The music server did not answer in time.")
    fault.code = UNSURE
    return fault


def unavailable(message: str) -> Unavailable:
    """The error of this room."""
    return Unavailable("remote", message)
