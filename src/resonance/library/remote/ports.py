"""What the library needs of a music server. One object is one signed-in account there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from resonance.audio.facts import AudioFacts
from resonance.core.errors import ResonanceError

Kind = Literal["navidrome", "opensubsonic"]
Order = Literal["changed", "added"]
ItemKind = Literal["track", "album", "artist"]

# The code of an Unavailable after which the request may have been carried out.
UNSURE = "remote_unsure"


class Refused(ResonanceError):
    """The server does not take the name and password (any more)."""

    code, status = "remote_refused", 422


@dataclass(frozen=True, slots=True)
class Credentials:
    """An account on a server, and the sign-in that may still be good. Never printed."""

    url: str
    username: str
    password: str = field(repr=False)
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ScanState:
    """What the server says of its own library: a mark that changes with it, and whether it changes now."""

    scanning: bool
    mark: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Folder:
    """A library of the server."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Personal:
    """What the account did with an item. Times in ms, None when unknown."""

    liked: bool = False
    liked_at: int | None = None
    stars: int = 0
    rated_at: int | None = None
    plays: int = 0
    played_at: int | None = None


@dataclass(frozen=True, slots=True)
class Song:
    """A song as the server lists it. `path` is relative to its library; `stamp` changes with any of it."""

    id: str
    library_id: str
    library_path: str
    path: str
    album_id: str | None
    artist_id: str | None
    size: int
    changed_at: str  # ISO 8601 as given; "" when unknown
    added_at: str
    missing: bool
    has_cover: bool
    facts: AudioFacts
    stamp: str
    personal: Personal


@dataclass(frozen=True, slots=True)
class Page:
    """Some songs of a list; `total` is how long the server says the whole is, None when it does not."""

    songs: list[Song]
    total: int | None


Liked = dict[str, tuple[str, int | None]]  # id -> (name, time in ms or None when unknown)


@dataclass(frozen=True, slots=True)
class Starred:
    """Everything the account likes."""

    songs: Liked
    albums: Liked
    artists: Liked

    def of(self, kind: ItemKind) -> Liked:
        """Of one kind."""
        return {"track": self.songs, "album": self.albums, "artist": self.artists}[kind]


@dataclass(frozen=True, slots=True)
class Mark:
    """A rated item. The time is in ms, None when unknown."""

    id: str
    name: str
    stars: int
    rated_at: int | None


@dataclass(frozen=True, slots=True)
class Rated:
    """Rated items of a kind: `rows` of a list. `last`: it ends here. `by_id`: it is in the order of ids."""

    marks: list[Mark]
    rows: int
    last: bool
    by_id: bool


@dataclass(frozen=True, slots=True)
class PlaylistHead:
    """A playlist as it is listed. `fixed`: nobody can edit it (a smart one, one read from a file)."""

    id: str
    name: str
    comment: str
    public: bool
    mine: bool
    fixed: bool
    changed_at: str
    count: int


class Bytes(Protocol):
    """An open stream of a song's own bytes."""

    @property
    def start(self) -> int:
        """The byte it begins at."""

    @property
    def size(self) -> int | None:
        """How many bytes the whole song has."""

    @property
    def media_type(self) -> str: ...
    def __iter__(self) -> Iterator[bytes]: ...
    def close(self) -> None: ...


class Remote(Protocol):
    """An account on a server. Methods may raise Refused, or Unavailable after a bounded number of tries."""

    kind: Kind
    page_size: int

    @property
    def token(self) -> str | None:
        """The sign-in to keep for the next time."""

    @property
    def account(self) -> str | None:
        """The server's own id of the account, None until it is told. Names may come to be another's."""

    @property
    def requests(self) -> int:
        """How many requests were sent, sign-ins not counted."""

    @property
    def tells_changes(self) -> bool:
        """Whether songs can be listed by when they changed, with totals."""

    def check(self) -> None:
        """Sign in afresh."""

    def scan_state(self) -> ScanState: ...
    def folders(self) -> list[Folder]: ...
    def latest(self, order: Order, start: int) -> Page:
        """Present songs, newest first."""

    def songs(self, folder: Folder | None, start: int) -> Page:
        """Present songs in a fixed order."""

    def missing(self, start: int) -> Page:
        """Songs the server knows of and whose files are gone."""

    def starred(self) -> Starred: ...
    def rated(self, kind: ItemKind, start: int) -> Rated | None:
        """Rated items from the place `start` of their list on; None when the server does not list them."""

    def played(self, start: int, count: int) -> Page:
        """Songs by when they were played last, newest first."""

    def playlists(self) -> list[PlaylistHead]: ...
    def playlist_songs(self, playlist_id: str) -> list[str]: ...
    def save_playlist(self, playlist_id: str | None, name: str, song_ids: Sequence[str]) -> str:
        """Make one, or give it exactly these songs; its id."""

    def describe_playlist(self, playlist_id: str, *, name: str, comment: str, public: bool) -> None: ...
    def star(self, kind: ItemKind, ids: Sequence[str], *, liked: bool) -> None: ...
    def rate(self, item_id: str, stars: int) -> None: ...
    def scrobble(self, plays: Sequence[tuple[str, int]]) -> None:
        """(song id, time in ms) of each play."""

    def heard(self, song_id: str, at: int) -> bool | None:
        """Whether the server knows of a play that began then; None when it cannot tell."""

    def open(self, song_id: str, start: int) -> Bytes: ...
    def cover(self, item_id: str) -> bytes: ...
    def close(self) -> None: ...


class Connect(Protocol):
    """Makes accounts. `kind` None finds out what the server is, and raises Refused or Unavailable.

    One that is not `patient` tries everything once: somebody waits for the answer.
    """

    def __call__(self, kind: Kind | None, credentials: Credentials, *, patient: bool = True) -> Remote: ...
