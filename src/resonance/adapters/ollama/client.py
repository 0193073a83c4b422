"""Ollama's interface, as far as it is needed. Everything that goes wrong is Unavailable, with what to do."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

import httpx

from resonance.core.errors import Unavailable
from resonance.core.logs import logger

log = logger(__name__)

CONNECT_S = 3.0
QUICK_S = 15.0  # somebody waits; a model that must be loaded first may take that long
SLOW_S = 300.0  # nobody does
ATTEMPTS = 3
BACKOFF_S = 1.0  # doubled each time
LARGEST_ANSWER = 64 * 2**20
KEPT = "10m"  # a model stays loaded for the next question


class OllamaClient:
    """One server. Safe to use from many threads."""

    def __init__(
        self,
        url: str,
        *,
        sleep: Callable[[float], None] = time.sleep,
        quick_s: float = QUICK_S,
        slow_s: float = SLOW_S,
    ) -> None:
        # An address of one's own network is not asked by way of a proxy.
        self._http = httpx.Client(base_url=url.rstrip("/"), trust_env=False)
        self._sleep, self._quick_s, self._slow_s = sleep, quick_s, slow_s

    def close(self) -> None:
        """Close connections."""
        self._http.close()

    def digest(self, model: str) -> str:
        """What names the bytes of an installed model. Raises Unavailable when it is not there."""
        answer = self._ask("GET", "/api/tags", None, model, patient=False)
        for item in _list(answer, "models"):
            if isinstance(item, dict) and _same(str(item.get("model") or item.get("name")), model):
                return str(item.get("digest") or "")
        raise _absent(model)

    def embed(
        self, model: str, texts: Sequence[str], *, dimensions: int | None, patient: bool
    ) -> list[list[float]]:
        """A vector for each text. `patient` waits long and tries again; otherwise somebody is waiting."""
        body: dict[str, Any] = {"model": model, "input": list(texts), "truncate": True, "keep_alive": KEPT}
        if dimensions is not None:
            body["dimensions"] = dimensions
        vectors = _list(self._ask("POST", "/api/embed", body, model, patient=patient), "embeddings")
        if len(vectors) != len(texts) or not all(isinstance(vector, list) for vector in vectors):
            raise _nonsense()
        return vectors

    def chat(
        self, model: str, instructions: str, text: str, schema: dict[str, Any], *, patient: bool = True
    ) -> str:
        """The answer to a text, in the form of a JSON schema and as sure as the model can be.

        `patient` as in `embed`.
        """
        body = {
            "model": model,
            "messages": [{"role": "system", "content": instructions}, {"role": "user", "content": text}],
            "format": schema,
            "stream": False,
            "options": {"temperature": 0, "seed": 0},
            "keep_alive": KEPT,
        }
        answer = self._ask("POST", "/api/chat", body, model, patient=patient)
        message = answer.get("message")
        content = message.get("content") if isinstance(message, dict) else None
        if not isinstance(content, str):
            raise _nonsense()
        return content

    def _ask(
        self, method: str, path: str, body: dict[str, Any] | None, model: str, *, patient: bool
    ) -> dict[str, Any]:
        attempts = ATTEMPTS if patient else 1
        for attempt in range(1, attempts + 1):
            status, answer = self._send(method, path, body, self._slow_s if patient else self._quick_s)
            if status == 200:
                return _object(answer)
            if status == 404:
                raise _absent(model)
            # 400 and its like: asking again would not help.
            if status is not None and status < 500 and status != 429:
                why = _told(answer)
                log.warning("ollama.refused", status=status, path=path, why=why)
                raise Unavailable("ollama", f"Ollama refused the request: {why}")
            if attempt < attempts:
                self._sleep(BACKOFF_S * 2 ** (attempt - 1))
        raise Unavailable("ollama", "Ollama does not answer.", retry_after=30)

    def _send(
        self, method: str, path: str, body: dict[str, Any] | None, timeout_s: float
    ) -> tuple[int | None, bytes]:
        """(status, body); no status when the server was not reached, broke off or says too much."""
        timeout = httpx.Timeout(timeout_s, connect=CONNECT_S)
        until = time.monotonic() + timeout_s  # httpx bounds each wait, not their sum
        try:
            with self._http.stream(method, path, json=body, timeout=timeout) as answer:
                received = bytearray()
                for part in answer.iter_bytes():
                    received += part
                    if len(received) > LARGEST_ANSWER or time.monotonic() > until:
                        log.warning("ollama.too_much", path=path, bytes=len(received))
                        return None, b""
                return answer.status_code, bytes(received)
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            log.info("ollama.unreachable", path=path, reason=type(fault).__name__)
            return None, b""


def _same(one: str, two: str) -> bool:
    """Names without a tag mean the latest."""
    return (one if ":" in one else f"{one}:latest") == (two if ":" in two else f"{two}:latest")


def _object(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise _nonsense()
    return answer


def _list(answer: dict[str, Any], name: str) -> list[Any]:
    found = answer.get(name)
    if not isinstance(found, list):
        raise _nonsense()
    return found


def _told(body: bytes) -> str:
    try:
        why = json.loads(body).get("error")
    except (ValueError, RecursionError, AttributeError):
        why = None
    return str(why)[:200] if why else "without a reason"


def _absent(model: str) -> Unavailable:
    return Unavailable("ollama", f"Ollama has no model {model}. On its machine: ollama pull {model}")


def _nonsense() -> Unavailable:
    log.warning("ollama.nonsense")
    return Unavailable("ollama", "Ollama's answer was not understood.")
