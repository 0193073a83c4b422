"""The OpenSubsonic interface: all there is of most servers, and what Navidrome's own lacks."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx

from resonance.adapters.navidrome import parse_subsonic as parse
from resonance.adapters.navidrome.client import Wire, unavailable
from resonance.core.errors import NotFound, Unavailable
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
    Refused,
    ScanState,
    Song,
    Starred,
)

PAGE = 500
VERSION = "1.16.1"
CLIENT = "Resonance"
CHUNK = 64 * 1024
_IDS_AT_ONCE = 100
_NO_TOKENS = 41  # the server wants the password itself
_REFUSED = frozenset({40, 44, 50})
_STAR_WORDS = {"track": "id", "album": "albumId", "artist": "artistId"}


class Stream:
    """The bytes of a song from somewhere on."""

    def __init__(self, answer: httpx.Response, wanted: int) -> None:
        self._answer = answer
        self.media_type = answer.headers.get("content-type", "application/octet-stream")
        self.start = wanted
        self.size: int | None
        self._skip = 0
        length = answer.headers.get("content-length", "")
        if answer.status_code == 206:
            span = answer.headers.get("content-range", "").removeprefix("bytes ")
            first, _, whole = span.partition("/")
            if not first.startswith(f"{wanted}-"):
                answer.close()
                raise unavailable("The music server sent another part than was asked for.")
            self.size = int(whole) if whole.isdigit() else None
        else:
            self.size = int(length) if length.isdigit() else None
            self._skip = wanted  # it does not know ranges

    def __iter__(self) -> Iterator[bytes]:
        skip = self._skip
        try:
            for chunk in self._answer.iter_raw(CHUNK):
                if skip >= len(chunk):
                    skip -= len(chunk)
                    continue
                yield chunk[skip:] if skip else chunk
                skip = 0
        except httpx.TransportError as fault:
            raise unavailable("The music server broke off.") from fault

    def close(self) -> None:
        """Leave the rest."""
        self._answer.close()


class OpenSubsonic:
    """An account on a server, by /rest alone. Everything is sent as a form: no address holds a secret."""

    kind: Kind = "opensubsonic"
    page_size = PAGE

    def __init__(self, wire: Wire, credentials: Credentials) -> None:
        self._wire, self._credentials = wire, credentials
        self._plain = False

    @property
    def token(self) -> str | None:
        """Nothing is kept: each request proves the password anew."""
        return None

    @property
    def account(self) -> str | None:
        """Not told by this interface."""
        return None

    @property
    def requests(self) -> int:
        """How many were sent."""
        return self._wire.requests

    @property
    def tells_changes(self) -> bool:
        """No server tells by this interface when a song changed."""
        return False

    def close(self) -> None:
        """Close connections."""
        self._wire.close()

    def check(self) -> None:
        """Whether name and password are good."""
        self.call("ping")

    def scan_state(self) -> ScanState:
        """One request, two for servers that do not say when they scanned last."""
        status = self.call("getScanStatus").get("scanStatus") or {}
        count = status.get("count")
        mark = status.get("lastScan")
        if not mark:
            indexes = self.call("getIndexes", ifModifiedSince="9999999999999").get("indexes") or {}
            mark = f"{indexes.get('lastModified', '')} {count}"
        with readable():
            return ScanState(
                bool(status.get("scanning")), str(mark), int(count) if count is not None else None
            )

    def folders(self) -> list[Folder]:
        """The music folders this account may see."""
        listed = (self.call("getMusicFolders").get("musicFolders") or {}).get("musicFolder") or []
        with readable():
            return [Folder(str(one["id"]), str(one.get("name") or one["id"])) for one in listed]

    def latest(self, order: Order, start: int) -> Page:
        """Not to be had."""
        raise NotImplementedError(order, start)

    def songs(self, folder: Folder | None, start: int) -> Page:
        """A page of the songs of a folder; '""' means every song."""
        words: dict[str, Any] = {"query": '""', "artistCount": 0, "albumCount": 0}
        words |= {"songCount": PAGE, "songOffset": start}
        if folder is not None:
            words["musicFolderId"] = folder.id
        rows = (self.call("search3", **words).get("searchResult3") or {}).get("song") or []
        with readable():
            return Page([parse.subsonic_song(row, folder.id if folder else "") for row in rows], None)

    def missing(self, start: int) -> Page:
        """Such servers leave them out."""
        return Page([], 0)

    def starred(self) -> Starred:
        """Everything liked, in one answer."""
        found = self.call("getStarred2").get("starred2") or {}
        with readable():
            return Starred(*(parse.subsonic_liked(found.get(kind)) for kind in ("song", "album", "artist")))

    def rated(self, kind: ItemKind, start: int) -> Rated | None:
        """Not listed by this interface."""
        return None

    def played(self, start: int, count: int) -> Page:
        """Not listed by this interface."""
        return Page([], None)

    def playlists(self) -> list[PlaylistHead]:
        """Those the account can see."""
        listed = (self.call("getPlaylists").get("playlists") or {}).get("playlist") or []
        with readable():
            return [parse.subsonic_playlist(row, self._credentials.username) for row in listed]

    def playlist_songs(self, playlist_id: str) -> list[str]:
        """Song ids in order."""
        found = self.call("getPlaylist", id=playlist_id).get("playlist") or {}
        with readable():
            return [str(row["id"]) for row in found.get("entry") or ()]

    def save_playlist(self, playlist_id: str | None, name: str, song_ids: Sequence[str]) -> str:
        """Make one, or replace what it holds."""
        words: dict[str, Any] = {"songId": list(song_ids)}
        words |= {"playlistId": playlist_id} if playlist_id else {"name": name}
        found = self.call("createPlaylist", again=playlist_id is not None, **words).get("playlist") or {}
        return str(found.get("id") or playlist_id or "")

    def describe_playlist(self, playlist_id: str, *, name: str, comment: str, public: bool) -> None:
        """Its name and the like."""
        words: dict[str, Any] = {"name": name, "comment": comment, "public": "true" if public else "false"}
        self.call("updatePlaylist", playlistId=playlist_id, **words)

    def star(self, kind: ItemKind, ids: Sequence[str], *, liked: bool) -> None:
        """Like these, or take it back."""
        for first in range(0, len(ids), _IDS_AT_ONCE):
            part: dict[str, Any] = {_STAR_WORDS[kind]: list(ids[first : first + _IDS_AT_ONCE])}
            self.call("star" if liked else "unstar", **part)

    def rate(self, item_id: str, stars: int) -> None:
        """0 takes the rating back."""
        self.call("setRating", id=item_id, rating=stars)

    def scrobble(self, plays: Sequence[tuple[str, int]]) -> None:
        """As many times as ids, or the server refuses them."""
        words: dict[str, Any] = {"id": [one for one, _ in plays], "time": [str(at) for _, at in plays]}
        words["submission"] = "true"
        self.call("scrobble", again=False, **words)

    def heard(self, song_id: str, at: int) -> bool | None:
        """By the song's last play, where the server tells it."""
        song = self.song(song_id)
        played = song.personal.played_at if song else None
        return None if played is None else (abs(played - at) < 1000 or None)

    def song(self, song_id: str) -> Song | None:
        """One song."""
        row = self.call("getSong", id=song_id).get("song")
        with readable():
            return parse.subsonic_song(row, "") if row else None

    def open(self, song_id: str, start: int) -> Bytes:
        """The song's own bytes from `start` on. NotFound when the server has it no more."""
        headers = {"Range": f"bytes={start}-"} if start else {}
        form = self._form({"id": song_id, "format": "raw"})
        answer = self._wire.stream("/rest/stream.view", form, {**headers, "Accept-Encoding": "identity"})
        media_type = answer.headers.get("content-type", "")
        if answer.status_code in (200, 206) and not media_type.startswith(("text/", "application/json")):
            return Stream(answer, start)
        status = answer.status_code
        answer.close()
        if status == 404 or status == 200:
            raise NotFound("The music server does not have this song any more.")
        raise unavailable("The music server does not send this song right now.")

    def cover(self, item_id: str) -> bytes:
        """A picture as large as it is."""
        answer = self._wire.ask("/rest/getCoverArt.view", form=self._form({"id": item_id}))
        if answer.status != 200 or not answer.headers.get("content-type", "").startswith("image/"):
            raise NotFound("The music server has no such picture.")
        return answer.body

    def call(self, method: str, *, again: bool = True, **words: Any) -> dict[str, Any]:
        """The content of an answer; Refused or Unavailable for a failed one."""
        for _ in range(2):
            answer = self._wire.ask(f"/rest/{method}.view", form=self._form(words), again=again)
            if answer.status in (401, 403):
                raise refused()
            if answer.status != 200:
                raise unavailable(f"The music server does not know how to answer ({answer.status}).")
            content = answer.json()
            found = content.get("subsonic-response") if isinstance(content, dict) else None
            if not isinstance(found, dict):
                raise unavailable("This address does not answer as a music server.")
            if found.get("status") == "ok":
                return found
            error = found.get("error") or {}
            if error.get("code") == _NO_TOKENS and not self._plain:
                self._plain = True
                continue
            raise _fault(int(error.get("code") or 0), str(error.get("message") or ""))
        raise unavailable("The music server refuses every way to sign in.")

    def _form(self, words: dict[str, Any]) -> dict[str, Any]:
        proof: dict[str, Any] = {"u": self._credentials.username, "v": VERSION, "c": CLIENT, "f": "json"}
        password = self._credentials.password
        if self._plain:
            proof["p"] = "enc:" + password.encode().hex()
        else:
            salt = secrets.token_hex(8)
            proof |= {"s": salt, "t": hashlib.md5((password + salt).encode()).hexdigest()}  # noqa: S324
        return proof | words


@contextmanager
def readable() -> Iterator[None]:
    """Answers of another shape than the interface has become Unavailable."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as fault:
        raise unavailable("The music server's answer cannot be read.") from fault


def refused() -> Refused:
    """The account is not, or no longer, let in."""
    return Refused("The server does not take this name and password.")


def _fault(code: int, message: str) -> Refused | NotFound | Unavailable:
    if code in _REFUSED:
        return refused()
    if code == 70:
        return NotFound("The music server has no such thing.")
    return unavailable(f"The music server refuses: {message[:200] or code}")
