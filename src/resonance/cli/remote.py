"""Commands on a server elsewhere, over its REST interface and with an API key."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from resonance import __version__
from resonance.core.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    ResonanceError,
    TooMany,
    Unauthorized,
    Unavailable,
)

if TYPE_CHECKING:
    from resonance.cli.places import Json

_FAMILIES: dict[int, Callable[[str], ResonanceError]] = {
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    429: TooMany,
}
_WAIT = httpx.Timeout(30.0, read=600.0)  # a whole library may be matched before the first byte comes
_PIECE = 1 << 20
_BETWEEN_S = 0.2  # of questions how far a search is


class Remote:
    """See `places.Place`. `url` is the server's address, with or without a sub-path."""

    def __init__(self, url: str, api_key: str | None) -> None:
        if not url.startswith(("http://", "https://")):
            raise Invalid("A server's address begins with http:// or https://.", field="server")
        if not api_key:
            raise Invalid("A server wants an API key: --api-key, or RESONANCE_API_KEY.", field="api_key")
        headers = {"Authorization": f"Bearer {api_key}", "User-Agent": f"resonance/{__version__}"}
        try:
            self._client = httpx.Client(
                base_url=f"{url.rstrip('/')}/api/v1/", headers=headers, timeout=_WAIT, follow_redirects=True
            )
        except (httpx.InvalidURL, ValueError) as fault:
            raise Invalid(f"This is no address of a server: {fault}.", field="server") from None

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def playlists(self) -> list[Json]:
        found: list[Json] = self.get("playlists")["items"]
        return found

    def playlist(self, playlist_id: str) -> Json:
        return self.get(f"playlists/{playlist_id}")

    def sets(self) -> list[Json]:
        found: list[Json] = self.get("sets")["items"]
        return found

    def dj_set(self, set_id: str) -> Json:
        return self.get(f"sets/{set_id}")

    def new_set(self, body: Json) -> Json:
        return self.post("sets", body)

    def arranged(self, set_id: str, body: Json, told: Callable[[float], None]) -> Json:
        run = self.post(f"sets/{set_id}/arrange", body)
        while run["state"] in ("waiting", "running"):
            told(run["progress"])
            time.sleep(_BETWEEN_S)
            run = self.get(f"sets/runs/{run['run_id']}")
        if run["fault"]:
            raise Invalid(run["fault"]["detail"], field=run["fault"]["field"])
        found: Json | None = run["result"]
        if found is None:
            raise Conflict("The search was stopped before it had found anything.")
        return found

    def put_slots(self, set_id: str, body: Json) -> Json:
        return self._asked("PUT", f"sets/{set_id}/slots", json=body)

    def formats(self) -> list[Json]:
        found: list[Json] = self.get("exports/formats")["items"]
        return found

    def exported(self, kind: str, item_id: str, asked: Mapping[str, Any]) -> Iterator[bytes]:
        path = "exports/all" if kind == "all" else f"exports/{kind}/{item_id}"
        return self._streamed("GET", path, params=_plain(asked))

    def exported_tracks(
        self, name: str, track_ids: Sequence[str], asked: Mapping[str, Any]
    ) -> Iterator[bytes]:
        body = {"name": name, "track_ids": list(track_ids)}
        return self._streamed("POST", "exports/tracks", params=_plain(asked), json=body)

    def imported(self, path: Path, asked: Mapping[str, Any]) -> Json:
        params = _plain(asked) | {"name": path.name}
        size = {"Content-Length": str(path.stat().st_size), "Content-Type": "application/octet-stream"}
        with path.open("rb") as file:
            content = iter(lambda: file.read(_PIECE), b"")
            return self._asked("POST", "imports", params=params, content=content, headers=size)

    def get(self, path: str, **params: Any) -> Json:
        """The JSON of an address below /api/v1."""
        return self._asked("GET", path, params=params)

    def post(self, path: str, body: Json) -> Json:
        """The JSON answer to a JSON body."""
        return self._asked("POST", path, json=body)

    def _asked(self, method: str, path: str, **how: Any) -> Json:
        with _reached():
            answer = self._client.request(method, path, **how)
            _check(answer)
            try:
                found: Json = answer.json()
            except ValueError:
                raise Unavailable("server", "The server's answer is not Resonance's.") from None
        return found

    def _streamed(self, method: str, path: str, **how: Any) -> Iterator[bytes]:
        with _reached(), self._client.stream(method, path, **how) as answer:
            if answer.is_error:
                answer.read()
                _check(answer)
            yield from answer.iter_bytes()


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except httpx.HTTPError as fault:
        said = str(fault) or type(fault).__name__
        raise Unavailable("server", f"The server cannot be reached: {said}.") from None


def _check(answer: httpx.Response) -> None:
    """Raise what the server said as one of our errors."""
    if not answer.is_error:
        return
    try:
        told = answer.json()
        detail, field = str(told["detail"]), told.get("field")
    except (ValueError, KeyError, TypeError, AttributeError):
        detail, field = f"The server answered {answer.status_code} {answer.reason_phrase}.", None
    family = _FAMILIES.get(answer.status_code)
    if family is not None:
        raise family(detail)
    if answer.status_code < 500:
        raise Invalid(detail, field=field)
    raise Unavailable("server", detail)


def _plain(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Query parameters: what is None is left out."""
    return {name: value for name, value in asked.items() if value is not None}


class RemoteMaker:
    """See `make.Maker`. `paths` are the rules for the files it writes."""

    def __init__(self, remote: Remote, paths: Mapping[str, Sequence[str]]) -> None:
        self._remote, self._paths = remote, paths

    def plan(self, text: str) -> Json:
        return self._remote.post("prompt/plan", {"text": text})

    def make(self, plan: Json, seed: int) -> Json:
        return self._remote.post("prompt/make", {"plan": plan, "seed": seed})

    def save(self, plan: Json, seed: int, name: str, live: bool) -> Json:
        return self._remote.post("prompt/save", {"plan": plan, "seed": seed, "name": name, "live": live})

    def m3u8(self, name: str, track_ids: list[str]) -> Iterator[bytes]:
        return self._remote.exported_tracks(name, track_ids, {"format": "m3u8", **self._paths})
