"""Lines of a report as a person settled them, remembered for the next import of the same file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from msgspec import structs
from msgspec.structs import replace

from resonance.playlists.exchange.crate import Entry
from resonance.playlists.exchange.report import Before, Line, ListReport, Report, in_order, with_lines

Said: TypeAlias = tuple[str, str, str, str, float | None]
_Place: TypeAlias = tuple[tuple[str, ...], Said, int]
_NONE = "It is none of the tracks here, as you said."


def said(one: Line | Entry) -> Said:
    """What the file says of an entry: those that say the same mean the same."""
    return one.path, one.title, one.artist, one.album, one.duration_s


def settled(line: Line, track_id: str | None, entry_id: str | None = None) -> Line:
    """The line as a person settled it: with this track, or with none."""
    before = line.before or Before(line.how, line.score, line.track_id, line.reason)
    made = replace(line, track_id=track_id, settled=True, before=before, entry_id=entry_id)
    if track_id is None:
        return replace(made, how="none" if before.track_id else before.how, score=0.0, reason=_NONE)
    return replace(made, how="hand", score=1.0, reason=None)


def unsettled(line: Line) -> Line:
    """The line as the matcher left it."""
    if line.before is None:
        return line
    return replace(line, **structs.asdict(line.before), settled=False, before=None, entry_id=None)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Choices of an earlier import: by list, what the entry says, and the how manieth it is to say so."""

    _places: dict[_Place, str | None] = field(default_factory=dict)
    _entries: dict[Said, str | None] = field(default_factory=dict)

    def track(self, entry: Entry, found: str | None) -> str | None:
        """The track that an entry of the file means, `found` where nobody said anything."""
        return self._entries.get(said(entry), found)

    def taken(self, one: ListReport) -> ListReport:
        """The list with what was said of its entries."""
        if not self._places:
            return one
        lines = [
            settled(line, self._places[place]) if place in self._places else line
            for place, line in _placed(one)
        ]
        return with_lines(one, lines)

    def tracks(self) -> list[str]:
        """The ids of all that was chosen."""
        return [id_ for id_ in self._entries.values() if id_]

    def only(self, seen: set[str]) -> Chosen:
        """Without the choices of tracks that are not in `seen`."""
        return Chosen(
            {place: id_ for place, id_ in self._places.items() if id_ is None or id_ in seen},
            {one: id_ for one, id_ in self._entries.items() if id_ is None or id_ in seen},
        )


def chosen(made: Report) -> Chosen:
    """What a person said of an import's entries."""
    placed = [(place, line) for one in made.playlists for place, line in _placed(one) if line.settled]
    return Chosen(
        {place: line.track_id for place, line in placed},
        {said(line): line.track_id for _, line in placed},
    )


def _placed(one: ListReport) -> Iterator[tuple[_Place, Line]]:
    list_path, met = (*one.folders, one.name), Counter[Said]()
    for line in in_order(one):
        words = said(line)
        yield (list_path, words, met[words]), line
        met[words] += 1
