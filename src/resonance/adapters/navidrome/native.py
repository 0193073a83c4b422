"""Navidrome's own interface for lists, with totals and times; the Subsonic one for the rest."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from resonance.adapters.navidrome import parse_native as parse
from resonance.adapters.navidrome.client import Answer, Wire, unavailable
from resonance.adapters.navidrome.subsonic import OpenSubsonic, readable, refused
from resonance.core.errors import NotFound
from resonance.core.logs import logger
from resonance.library.remote.ports import (
    Bytes,
    Credentials,
    Folder,
    ItemKind,
    Kind,
    Order,
    Page,
    PlaylistHead,
    Rated,
    ScanState,
    Starred,
)

log = logger(__name__)

PAGE = 1000
RATED_PAGE = 5000
HEADER = "X-ND-Authorization"
_LISTS: dict[ItemKind, str] = {"track": "/api/song", "album": "/api/album", "artist": "/api/artist"}
_SORTS = {"changed": "updated_at", "added": "created_at"}


class Navidrome:
    """An account on a Navidrome. Signs in when it must, and again when its token has run out."""

    kind: Kind = "navidrome"
    tells_changes = True

    def __init__(self, wire: Wire, credentials: Credentials, page: int = PAGE) -> None:
        self.page_size = page
        self._wire, self._credentials = wire, credentials
        self._rest = OpenSubsonic(wire, credentials)
        # Kept as "user id token": which playlists are one's own is told by the id.
        self._user_id, _, self._token = (credentials.token or "").partition(" ")
        self._signing = threading.Lock()

    @property
    def token(self) -> str | None:
        """To be given again next time."""
        return f"{self._user_id} {self._token}" if self._token else None

    @property
    def account(self) -> str | None:
        """The id of the person there."""
        return self._user_id or None

    @property
    def requests(self) -> int:
        """How many were sent, sign-ins not counted."""
        return self._wire.requests

    def close(self) -> None:
        """Close connections."""
        self._wire.close()

    def check(self) -> None:
        """Sign in afresh."""
        self._sign_in(self._token)

    def scan_state(self) -> ScanState:
        """One request."""
        return self._rest.scan_state()

    def folders(self) -> list[Folder]:
        """The libraries this account may see."""
        return self._rest.folders()

    def latest(self, order: Order, start: int) -> Page:
        """Present songs, newest first."""
        return self._songs(start, _sort=_SORTS[order], _order="DESC", missing="false")

    def songs(self, folder: Folder | None, start: int) -> Page:
        """Present songs by id, so that what changes meanwhile moves as few as can be."""
        only: dict[str, Any] = {"library_id": folder.id} if folder else {}
        return self._songs(start, _sort="id", _order="ASC", missing="false", **only)

    def missing(self, start: int) -> Page:
        """Those whose files are gone."""
        return self._songs(start, _sort="id", _order="ASC", missing="true")

    def rated(self, kind: ItemKind, start: int) -> Rated | None:
        """By their ids; artists by their stars, because older versions cannot leave out the others."""
        by_id = kind != "artist"
        order = {"_sort": "id", "_order": "ASC"} if by_id else {"_sort": "rating", "_order": "DESC"}
        place = {"_start": start, "_end": start + RATED_PAGE}
        answer = self._get(_LISTS[kind], {**place, **order, "has_rating": "true"})
        if 400 <= answer.status < 500:
            return None
        if answer.status != 200:
            raise unavailable(f"The music server does not list its ratings ({answer.status}).")
        try:
            marks, rows, bare = parse.native_marks(answer.body)
        except msgspec.DecodeError as fault:
            raise unavailable("The music server's list of ratings cannot be read.") from fault
        return Rated(marks, rows, rows < RATED_PAGE or bare, by_id)

    def played(self, start: int, count: int) -> Page:
        """Songs by their last play."""
        return self._songs(start, count, _sort="play_date", _order="DESC")

    def starred(self) -> Starred:
        """Songs, albums and artists."""
        return self._rest.starred()

    def playlists(self) -> list[PlaylistHead]:
        """Those the account can see."""
        rows = self._list("/api/playlist", _sort="id", _order="ASC", _start=0, _end=10_000)
        with readable():
            return [parse.native_playlist(row, self._user_id or None) for row in rows]

    def playlist_songs(self, playlist_id: str) -> list[str]:
        """Song ids in order."""
        path = f"/api/playlist/{quote(playlist_id, safe='')}/tracks"
        rows = self._list(path, _sort="id", _order="ASC", _start=0, _end=0)
        with readable():
            return [str(row["mediaFileId"]) for row in rows]

    def save_playlist(self, playlist_id: str | None, name: str, song_ids: Sequence[str]) -> str:
        """By form POST: a list of thousands does not fit an address."""
        return self._rest.save_playlist(playlist_id, name, song_ids)

    def describe_playlist(self, playlist_id: str, *, name: str, comment: str, public: bool) -> None:
        """Its name and the like."""
        self._rest.describe_playlist(playlist_id, name=name, comment=comment, public=public)

    def star(self, kind: ItemKind, ids: Sequence[str], *, liked: bool) -> None:
        """Like these, or take it back."""
        self._rest.star(kind, ids, liked=liked)

    def rate(self, item_id: str, stars: int) -> None:
        """0 takes the rating back."""
        self._rest.rate(item_id, stars)

    def scrobble(self, plays: Sequence[tuple[str, int]]) -> None:
        """Plays with their times."""
        self._rest.scrobble(plays)

    def heard(self, song_id: str, at: int) -> bool | None:
        """By the list of plays that newer versions keep, else by the song's last one."""
        second = at // 1000
        answer = self._get("/api/scrobble", {"from": second, "to": second, "_start": 0, "_end": 100})
        if answer.status == 200:
            rows = answer.json()
            if isinstance(rows, list):
                return any(isinstance(row, dict) and row.get("mediaFileId") == song_id for row in rows)
        return self._rest.heard(song_id, at)

    def open(self, song_id: str, start: int) -> Bytes:
        """The song's own bytes."""
        return self._rest.open(song_id, start)

    def cover(self, item_id: str) -> bytes:
        """A picture."""
        return self._rest.cover(item_id)

    def _songs(self, start: int, count: int | None = None, **words: Any) -> Page:
        answer = self._get("/api/song", {"_start": start, "_end": start + (count or self.page_size), **words})
        if answer.status != 200:
            raise unavailable(f"The music server does not list its songs ({answer.status}).")
        try:
            return parse.native_page(answer.body, answer.headers.get("x-total-count"))
        except msgspec.DecodeError as fault:
            raise unavailable("The music server's list of songs cannot be read.") from fault

    def _list(self, path: str, **words: Any) -> list[dict[str, Any]]:
        answer = self._get(path, words)
        if answer.status == 404:
            raise NotFound("The music server has no such thing.")
        if answer.status != 200:
            raise unavailable(f"The music server does not answer as expected ({answer.status}).")
        rows = answer.json()
        if not isinstance(rows, list):
            raise unavailable("The music server's answer cannot be read.")
        return rows

    def _get(self, path: str, words: dict[str, Any]) -> Answer:
        """Signed in; once more with a new sign-in when the old one has run out."""
        if not self._token:
            self._sign_in("")
        for attempt in range(2):
            token = self._token
            answer = self._wire.ask(path, params=words, headers={HEADER: f"Bearer {token}"})
            if answer.status != 401:
                # Each answer renews the sign-in.
                self._token = answer.headers.get(HEADER.lower()) or self._token
                return answer
            if attempt == 0:
                log.info("remote.token_expired", path=path)
                self._sign_in(token)
        raise refused()

    def _sign_in(self, expired: str) -> None:
        with self._signing:
            if self._token and self._token != expired:
                return  # another thread was faster
            words = {"username": self._credentials.username, "password": self._credentials.password}
            answer = self._wire.ask("/auth/login", json=words, counted=False)
            if answer.status in (401, 403, 422):
                raise refused()
            content = answer.json() if answer.status == 200 else None
            if not isinstance(content, dict) or not isinstance(content.get("token"), str):
                raise unavailable("The music server does not let anybody sign in right now.")
            self._token, self._user_id = content["token"], str(content.get("id") or "")
