"""How a track compares with what an import says of it: for a person who chooses between several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from resonance.db.engine import UnitOfWork
from resonance.library import alike, match_store
from resonance.library.match_choice import Open, Wanted, bindable
from resonance.library.match_store import Known
from resonance.model.imports import Likeness

_SAME_LENGTH_S = 1.0


@dataclass(frozen=True, slots=True)
class Compared:
    """`longer_s` is the track's length less the wanted one; None where the import says none."""

    title: Likeness
    artist: Likeness
    album: Likeness
    longer_s: float | None

    @property
    def sentence(self) -> str:
        """ "Same title and artist, another album, 12 s longer."."""
        told = [
            *_named("same", "same {}", self),
            *_named("alike", "nearly the same {}", self),
            *_named("other", "another {}", self),
        ]
        if self.longer_s is not None:
            seconds = round(abs(self.longer_s))
            way = "longer" if self.longer_s > 0 else "shorter"
            told.append("same length" if abs(self.longer_s) < _SAME_LENGTH_S else f"{seconds} s {way}")
        text = ", ".join(told)
        return f"{text[:1].upper()}{text[1:]}." if text else "Its path ends alike."


def compared(
    uow: UnitOfWork, wanted: Mapping[int, tuple[Wanted, Iterable[str]]]
) -> dict[int, dict[str, Compared]]:
    """For each wanted track (by any number) its candidates by id; those that are gone are left out."""
    facts = match_store.known(uow, {id_ for _, ids in wanted.values() for id_ in ids})
    found: dict[int, dict[str, Compared]] = {}
    for at, (one, ids) in wanted.items():
        asked = Open(bindable(one))
        found[at] = {id_: _compared(asked, facts[id_]) for id_ in ids if id_ in facts}
    return found


def _compared(asked: Open, track: Known) -> Compared:
    title = None if asked.title is None else alike.titles(asked.title, track.title)
    artist = None if asked.artist is None else asked.credited(track)
    album: Likeness = "unsaid"
    if asked.album and track.album:
        album = "same" if asked.album == track.album else "other"
    said = asked.wanted.duration_s
    longer = None if said is None else round(track.duration_s - said, 1)
    return Compared(_graded(title), _graded(artist), album, longer)


def _graded(mark: int | None) -> Likeness:
    if mark is None:
        return "unsaid"
    return "same" if mark == 3 else "alike" if mark else "other"


def _named(likeness: Likeness, words: str, one: Compared) -> list[str]:
    names = [name for name in ("title", "artist", "album") if getattr(one, name) == likeness]
    return [words.format(" and ".join(names))] if names else []
