"""What an import does to cues and ratings: planned lot by lot, written at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, TypeAlias

from msgspec import Struct

from resonance.core.events import EventBus
from resonance.db.engine import UnitOfWork
from resonance.library.catalogue.access import chunks
from resonance.listens import cues as cue_service
from resonance.listens import ratings as rating_service
from resonance.model.caller import Caller
from resonance.model.cue import Cue
from resonance.playlists.exchange import merging, source
from resonance.playlists.exchange.clock import Clock, ahead_s, moved
from resonance.playlists.exchange.crate import Entry
from resonance.playlists.exchange.paths import Mapping as Paths
from resonance.playlists.exchange.shelf import Lists
from resonance.playlists.exchange.spool import Spool

Marks: TypeAlias = Literal["merge", "replace", "skip"]
Stars: TypeAlias = Literal["keep", "replace", "skip"]
AS_IT_IS = Paths()
_TOLD = 500  # conflicts in a report
_WRITTEN_AT_ONCE = 1000  # tracks


@dataclass(frozen=True, slots=True)
class Choice:
    """What to take, and who wins.

    `lists`: a playlist whose name is taken is added beside it, or replaces it. `cues` "merge" adds what
    contradicts nothing; "replace" gives tracks the cues of the file. `stars` "keep" rates only what has no
    rating. `grids` says whether beat grids count as cues. A `dry_run` changes nothing.
    """

    mapping: Paths = AS_IT_IS
    lists: Lists = "add"
    cues: Marks = "merge"
    stars: Stars = "keep"
    grids: bool = True
    program_times: bool = True
    dry_run: bool = False


class Conflict(Struct, frozen=True):
    """Something that is here and otherwise in the file. `what` is cue, grid or rating; texts for people."""

    what: str
    track_id: str
    title: str
    artist: str
    here: str
    there: str


class CueCounts(Struct, frozen=True, kw_only=True):
    """Of the file's cues: `added`, the `same` here already, in conflict (and replaced or not), unusable."""

    tracks: int
    added: int
    same: int
    conflicts: int
    replaced: int
    dropped: int


class StarCounts(Struct, frozen=True, kw_only=True):
    """Of the file's ratings: set, the same here already, in conflict (and replaced or not)."""

    added: int
    same: int
    conflicts: int
    replaced: int


class _Marked(Struct, frozen=True, array_like=True):
    """The cues that a track is to have."""

    track_id: str
    cues: list[Cue]


class Plan:
    """What becomes of cues and ratings: all that is to be written, and what is to be told."""

    def __init__(self, caller: Caller, clock: Clock | None, choice: Choice) -> None:
        """`clock`: what the document counts its times by."""
        self.conflicts: list[Conflict] = []
        self._marked = Spool(_Marked)
        self._stars: dict[str, int] = {}
        self._met: set[str] = set()
        self._cues: Counter[str] = Counter()
        self._rated: Counter[str] = Counter()
        self._caller, self._clock, self._choice = caller, clock, choice

    def take(self, uow: UnitOfWork, entries: Sequence[Entry], meant: Sequence[str | None]) -> None:
        """Entries and the tracks that they mean; of two for one track the first counts."""
        pairs: dict[str, Entry] = {}
        for entry, track_id in zip(entries, meant, strict=True):
            if track_id is not None and track_id not in self._met:
                self._met.add(track_id)
                pairs[track_id] = entry
        if self._choice.cues != "skip":
            self._plan_cues(uow, pairs)
        if self._choice.stars != "skip":
            self._plan_stars(uow, pairs)

    def write(self, uow: UnitOfWork, events: EventBus) -> None:
        """Store all of it."""
        marked = iter(self._marked)
        while some := list(islice(marked, _WRITTEN_AT_ONCE)):
            cue_service.replace_many(uow, self._caller, {one.track_id: one.cues for one in some})
        rating_service.set_tracks(uow, events, self._caller, self._stars)

    def cue_counts(self) -> CueCounts:
        names = CueCounts.__struct_fields__
        return CueCounts(**{name: self._cues[name] for name in names})

    def star_counts(self) -> StarCounts:
        names = StarCounts.__struct_fields__
        return StarCounts(**{name: self._rated[name] for name in names})

    def _plan_cues(self, uow: UnitOfWork, pairs: Mapping[str, Entry]) -> None:
        marked = {track_id: entry for track_id, entry in pairs.items() if entry.cues}
        for ids in chunks(list(marked)):
            here = cue_service.of_tracks(uow, self._caller, ids)
            known = source.placed(uow, self._caller, ids, {id_: marked[id_].format for id_ in ids})
            for track_id in ids:
                entry = marked[track_id]
                there = self._on_our_clock(entry, known.get(track_id))
                self._plan_track(track_id, entry, here.get(track_id, []), there)

    def _on_our_clock(self, entry: Entry, place: source.Place | None) -> list[Cue]:
        cues, shift = entry.cues, 0.0
        if not self._choice.grids:
            cues = tuple(cue for cue in cues if cue.kind != "grid")
        clock = self._clock
        if clock and place is not None and place.here and entry.format in ("", place.format):
            shift = ahead_s(place.here, place.format, place.codec, clock)
        there, dropped = merging.kept(moved(cues, -shift))
        self._cues["dropped"] += dropped
        heard = place.grid if place else None
        # What we heard ourselves needs not be kept as somebody's word.
        grids = [cue for cue in there if cue.kind == "grid"]
        if heard is not None and len(grids) == 1 and merging.same_grid(heard, grids[0]):
            self._cues["same"] += 1
            return [cue for cue in there if cue.kind != "grid"]
        return there

    def _plan_track(self, track_id: str, entry: Entry, here: list[Cue], there: list[Cue]) -> None:
        if not there:
            return
        self._cues["tracks"] += 1
        merge = merging.merged(here, there)
        self._cues["added"] += merge.added
        self._cues["same"] += merge.same
        self._cues["conflicts"] += len(merge.conflicts)
        for one, other in merge.conflicts:
            what = "grid" if other.kind == "grid" else "cue"
            self._tell(what, track_id, entry, _words(one), _words(other))
        replaces = self._choice.cues == "replace"
        if replaces:
            self._cues["replaced"] += len(merge.conflicts)
        after = there if replaces else merge.cues
        if after != here:
            self._marked.add(_Marked(track_id, after))

    def _plan_stars(self, uow: UnitOfWork, pairs: Mapping[str, Entry]) -> None:
        rated = {track_id: entry for track_id, entry in pairs.items() if entry.stars > 0}
        here = rating_service.of_tracks(uow, self._caller, list(rated))
        for track_id, entry in rated.items():
            stars = here.get(track_id)
            if stars == entry.stars:
                self._rated["same"] += 1
                continue
            if stars is None:
                self._rated["added"] += 1
            else:
                self._rated["conflicts"] += 1
                self._tell("rating", track_id, entry, str(stars), str(entry.stars))
                if self._choice.stars == "keep":
                    continue
                self._rated["replaced"] += 1
            self._stars[track_id] = entry.stars

    def _tell(self, what: str, track_id: str, entry: Entry, here: str, there: str) -> None:
        if len(self.conflicts) < _TOLD:
            self.conflicts.append(Conflict(what, track_id, entry.title, entry.artist, here, there))


def _words(cue: Cue) -> str:
    """ "loop 12.500-20.000 s on pad 2, Drop"."""
    end = "" if cue.end_s is None else f"-{cue.end_s:.3f}"
    pad = "" if cue.number is None else f" on pad {cue.number + 1}"
    tempo = "" if cue.bpm is None else f", {cue.bpm:.2f} BPM"
    name = f", {cue.name}" if cue.name else ""
    return f"{cue.kind.replace('_', ' ')} {cue.start_s:.3f}{end} s{pad}{tempo}{name}"
