"""What an import says of a track, what may be answered, and the choice among tracks that could be meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Literal

from resonance.core.paging import fits
from resonance.library import alike
from resonance.library.match_store import Known

How = Literal["id", "payload", "path", "mbid", "isrc", "file", "names", "several", "none", "hand"]

_SURE: dict[How, float] = {"id": 1.0, "payload": 1.0, "path": 1.0, "mbid": 0.98, "isrc": 0.95, "file": 0.9}
_ENOUGH = 62  # of 100 for a match by names
_CLEARLY_CLOSER_S = 2.0
_MOST_CANDIDATES = 8
_LONGEST, _LONGEST_NAME = 4000, 500  # characters of a path or word, and of a name, that can be meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an import says of a track; None is unknown.

    `path` is in the form of library.paths, mapped, with "/" between folders; absolute, or the end of a path.
    `duration_s` is in seconds. `track_id` is an id of this server.
    """

    path: str | None = None
    title: str | None = None
    artist: str | None = None
    album: str | None = None
    duration_s: float | None = None
    isrc: str | None = None
    recording_mbid: str | None = None
    payload_id: str | None = None
    track_id: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """The track, by what evidence and how sure (0..1).

    Without a track `how` is "several" (equals: `candidates`) or "none" (`candidates`: of the same names but
    another length or version). "hand" is a person's earlier choice, which the matcher itself never makes.
    """

    track_id: str | None
    how: How
    score: float
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class Open:
    """One wanted track on its way through the kinds of evidence."""

    wanted: Wanted
    found: Match | None = None
    equals: tuple[str, ...] = ()  # what stronger evidence named, but not alone
    near: tuple[str, ...] = ()
    title: alike.Title | None = field(init=False)
    artist: alike.Names | None = field(init=False)
    album: str = field(init=False)

    def __post_init__(self) -> None:
        one = self.wanted
        self.title = alike.title(one.title) if one.title and one.title.strip() else None
        self.artist = alike.names(one.artist) if one.artist and one.artist.strip() else None
        self.album = alike.title(one.album).plain if one.album and one.album.strip() else ""

    def answer(self) -> Match:
        if self.found is not None:
            return self.found
        if self.equals:
            return Match(None, "several", 0.0, self.equals[:_MOST_CANDIDATES])
        return Match(None, "none", 0.0, self.near[:_MOST_CANDIDATES])

    def choose(self, how: How, ids: Iterable[str], facts: Mapping[str, Known]) -> None:
        """Take the one of `ids` that fits best, if there is one."""
        among = [facts[id_] for id_ in sorted(ids) if id_ in facts]
        if self.equals:
            among = [one for one in among if one.id in self.equals]
        if how in ("isrc", "file"):
            among = [one for one in among if not self.contradicts(one, wholly=True)]
        if not among:
            return
        best = _best(among, self.likeness, self.wanted.duration_s)
        if len(best) == 1:
            self.found = Match(best[0].id, how, _SURE[how])
        else:
            self.equals = tuple(one.id for one in best)

    def choose_by_names(self, among: Sequence[Known]) -> None:
        """As `choose`, by names alone: they must be good enough by themselves."""
        named = [one for one in among if self.title and alike.titles(self.title, one.title)]
        named = [one for one in named if not self.artist or self.credited(one)]
        fitting = [one for one in named if self.by_names_alone(one, len(named))]
        if self.equals:
            fitting = [one for one in fitting if one.id in self.equals]
        if not fitting:
            self.near = tuple(one.id for one in named) if self.artist else ()
            return
        best = _best(fitting, self.likeness, self.wanted.duration_s)
        if len(best) == 1:
            self.found = Match(best[0].id, "names", min(0.95, self.likeness(best[0]) / 100))
        else:
            self.equals = tuple(one.id for one in best)

    def by_names_alone(self, one: Known, rivals: int) -> bool:
        length = alike.lengths(self.wanted.duration_s, one.duration_s)
        if length == 0 or (self.title and alike.titles(self.title, one.title) == 1 and length < 2):
            return False
        if self.artist is None and not (self.album and self.album == one.album) and rivals > 1:
            return False
        return self.likeness(one) >= _ENOUGH

    def likeness(self, one: Known) -> int:
        """0..100: names, album and length together."""
        said = 40
        title = (0, 28, 36, 40)[alike.titles(self.title, one.title)] if self.title else 0
        artist = (0, 18, 26, 30)[self.credited(one)] if self.artist else 8
        album = 6 if not self.album or not one.album else 15 if self.album == one.album else 0
        length = 6
        if self.wanted.duration_s:
            length = (0, 3, 15)[alike.lengths(self.wanted.duration_s, one.duration_s)]
        return min(said, title) + artist + album + length

    def credited(self, one: Known) -> int:
        return alike.artists(self.artist, one.display, one.credited, one.album_artist) if self.artist else 0

    def contradicts(self, one: Known, *, wholly: bool) -> bool:
        """Whether what is said does not fit: its title, its length, or (`wholly`) both."""
        title = self.title is not None and not alike.titles(self.title, one.title)
        length = alike.lengths(self.wanted.duration_s, one.duration_s) == 0
        return title and length if wholly else title or length


def bindable(one: Wanted) -> Wanted:
    """The same without what no database takes: NUL, broken characters, lengths that are none."""
    duration = one.duration_s if one.duration_s and isfinite(one.duration_s) and one.duration_s > 0 else None
    return Wanted(
        path=_text(one.path),
        title=_text(one.title, _LONGEST_NAME),
        artist=_text(one.artist, _LONGEST_NAME),
        album=_text(one.album, _LONGEST_NAME),
        duration_s=duration,
        isrc=_text(one.isrc),
        recording_mbid=_text(one.recording_mbid),
        payload_id=_text(one.payload_id),
        track_id=_text(one.track_id),
    )


def _text(value: str | None, longest: int = _LONGEST) -> str | None:
    return value if value and len(value) <= longest and fits(str, value) else None


def _best(
    among: Sequence[Known], likeness: Callable[[Known], int], duration_s: float | None
) -> Sequence[Known]:
    """The one that fits best; several where nothing tells them apart."""
    marks = {one.id: likeness(one) for one in among}
    top = max(marks.values())
    best = [one for one in among if marks[one.id] == top]
    if len(best) > 1 and duration_s:
        by_length = sorted((abs(one.duration_s - duration_s), one.id) for one in best)
        if by_length[1][0] - by_length[0][0] >= _CLEARLY_CLOSER_S:
            return [one for one in best if one.id == by_length[0][1]]
    return best
