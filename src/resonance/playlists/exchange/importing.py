"""Lists and libraries of other programs brought here: playlists, cues, ratings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal, TypeAlias, cast, get_args

from msgspec import Struct
from sqlalchemy import select

from resonance.core.errors import Invalid
from resonance.core.events import EventBus
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.listens import rating
from resonance.library.catalogue.access import chunks
from resonance.listens import cues as cue_service
from resonance.listens import ratings as rating_service
from resonance.model.caller import Caller
from resonance.model.cue import Cue
from resonance.playlists import reports as kept_reports
from resonance.playlists.exchange import merging, source
from resonance.playlists.exchange.clock import ahead_s, moved
from resonance.playlists.exchange.crate import Crate, Entry, listings
from resonance.playlists.exchange.formats import Format, found_by, named
from resonance.playlists.exchange.paths import Mapping as Paths
from resonance.playlists.exchange.report import ListReport
from resonance.playlists.exchange.shelf import Lists, Reports, Shelf
from resonance.playlists.matching import match_entries

Marks: TypeAlias = Literal["merge", "replace", "skip"]
Stars: TypeAlias = Literal["keep", "replace", "skip"]
AS_IT_IS = Paths()
_TOLD = 500  # conflicts in a report


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


def choice(lists: str, cues: str, stars: str, **more: Any) -> Choice:
    """The same from words that somebody typed. Invalid for others than those."""
    for field, word, words in (("lists", lists, Lists), ("cues", cues, Marks), ("ratings", stars, Stars)):
        if word not in get_args(words):
            raise Invalid(f"{field} is one of {', '.join(get_args(words))}.", field=field)
    return Choice(lists=cast(Lists, lists), cues=cast(Marks, cues), stars=cast(Stars, stars), **more)


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


class Imported(Struct, frozen=True, kw_only=True):
    """What an import did, or would do (`dry_run`).

    `tracks` of the file concern playlists, cues or ratings; `matched` of them are here. `conflicts` has the
    first few hundred. A playlist's `playlist_id` is null in a trial, and where nothing was made of it. Under
    `report_id` the playlists' part is kept.
    """

    format: str
    dry_run: bool
    tracks: int
    matched: int
    playlists: list[ListReport]
    cues: CueCounts
    ratings: StarCounts
    conflicts: list[Conflict]
    report_id: str | None = None


def read(file: BinaryIO, *, name: str = "", format: str | None = None) -> tuple[Format, Crate]:
    """What a file holds. Invalid when it is of no format we read; `name` helps to find that out."""
    found = named(format) if format else found_by(name, file)
    if not found.reads:
        raise Invalid(f"{found.label} is only written, not read.", field="format")
    return found, found.read(file)


def run(
    db: Database,
    events: EventBus,
    caller: Caller,
    format: Format,
    crate: Crate,
    choice: Choice,
    *,
    name: str = "",
) -> Imported:
    """Bring a crate in. `name` is for a playlist that has none of its own."""
    caller.must_write()
    kept_as = name or format.label
    entries = {entry.key: entry for entry in crate.tracks}
    lists = list(listings(crate.playlists)) if choice.lists != "skip" else []
    wanted = _concerned(entries, [key for _, listing in lists for key in listing.keys], choice)
    with db.read(caller.user_id) as uow:
        found = match_entries(uow, caller, wanted, mapping=choice.mapping)
        chosen = kept_reports.chosen_before(uow, caller, kept_as, format.name)
        meant = [chosen.track(entry, match.track_id) for entry, match in zip(wanted, found, strict=True)]
        plan = _Plan(uow, caller, format, choice, _pairs(wanted, meant))
    matches = {entry.key: match for entry, match in zip(wanted, found, strict=True)}
    reports = Reports(entries, matches, name, chosen)
    report_id: str | None = None
    if choice.dry_run:
        made = [reports.of(folders, listing) for folders, listing in lists]
    else:
        with db.write(caller.user_id) as uow:
            cue_service.replace_many(uow, caller, plan.cues)
            rating_service.set_tracks(uow, events, caller, plan.stars)
            shelf = Shelf(uow, events, caller, choice.lists)
            made = [shelf.put(reports.of(folders, listing), listing.comment) for folders, listing in lists]
            shelf.settle()
            report_id = kept_reports.keep(uow, caller, kept_as, format.name, made) if made else None
    return Imported(
        format=format.name,
        dry_run=choice.dry_run,
        tracks=len(wanted),
        matched=sum(track_id is not None for track_id in meant),
        playlists=made,
        cues=plan.cue_counts(),
        ratings=plan.star_counts(),
        conflicts=plan.conflicts[:_TOLD],
        report_id=report_id,
    )


def _concerned(entries: Mapping[str, Entry], listed: Sequence[str], choice: Choice) -> list[Entry]:
    """The entries that anything is to be done with."""
    in_lists = set(listed)
    return [
        entry
        for key, entry in entries.items()
        if key in in_lists
        or (choice.cues != "skip" and entry.cues)
        or (choice.stars != "skip" and entry.stars > 0)
    ]


def _pairs(wanted: Sequence[Entry], found: Sequence[str | None]) -> dict[str, Entry]:
    """The entry of each track that is here; of two for one track the first counts."""
    pairs: dict[str, Entry] = {}
    for entry, track_id in zip(wanted, found, strict=True):
        if track_id is not None:
            pairs.setdefault(track_id, entry)
    return pairs


class _Plan:
    """What becomes of cues and ratings: all that is to be written, and what is to be told."""

    def __init__(
        self, uow: UnitOfWork, caller: Caller, format: Format, choice: Choice, pairs: Mapping[str, Entry]
    ) -> None:
        self.cues: dict[str, list[Cue]] = {}
        self.stars: dict[str, int] = {}
        self.conflicts: list[Conflict] = []
        self._cues: dict[str, int] = defaultdict(int)
        self._stars: dict[str, int] = defaultdict(int)
        self._choice, self._format = choice, format
        if choice.cues != "skip":
            self._plan_cues(uow, caller, pairs)
        if choice.stars != "skip":
            self._plan_stars(uow, caller, pairs)

    def cue_counts(self) -> CueCounts:
        names = CueCounts.__struct_fields__
        return CueCounts(**{name: self._cues[name] for name in names})

    def star_counts(self) -> StarCounts:
        names = StarCounts.__struct_fields__
        return StarCounts(**{name: self._stars[name] for name in names})

    def _plan_cues(self, uow: UnitOfWork, caller: Caller, pairs: Mapping[str, Entry]) -> None:
        marked = {track_id: entry for track_id, entry in pairs.items() if entry.cues}
        for ids in chunks(list(marked)):
            here = cue_service.of_tracks(uow, caller, ids)
            known = source.placed(uow, caller, ids, {id_: marked[id_].format for id_ in ids})
            for track_id in ids:
                entry = marked[track_id]
                there = self._on_our_clock(entry, known.get(track_id))
                self._plan_track(track_id, entry, here.get(track_id, []), there)

    def _on_our_clock(self, entry: Entry, place: source.Place | None) -> list[Cue]:
        cues, shift = entry.cues, 0.0
        if not self._choice.grids:
            cues = tuple(cue for cue in cues if cue.kind != "grid")
        clock = self._format.clock if self._choice.program_times else None
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
            self.cues[track_id] = after

    def _plan_stars(self, uow: UnitOfWork, caller: Caller, pairs: Mapping[str, Entry]) -> None:
        rated = {track_id: entry for track_id, entry in pairs.items() if entry.stars > 0}
        here = _ratings(uow, caller, list(rated))
        for track_id, entry in rated.items():
            stars = here.get(track_id)
            if stars == entry.stars:
                self._stars["same"] += 1
                continue
            if stars is None:
                self._stars["added"] += 1
            else:
                self._stars["conflicts"] += 1
                self._tell("rating", track_id, entry, str(stars), str(entry.stars))
                if self._choice.stars == "keep":
                    continue
                self._stars["replaced"] += 1
            self.stars[track_id] = entry.stars

    def _tell(self, what: str, track_id: str, entry: Entry, here: str, there: str) -> None:
        self.conflicts.append(Conflict(what, track_id, entry.title, entry.artist, here, there))


def _words(cue: Cue) -> str:
    """ "loop 12.500-20.000 s on pad 2, Drop"."""
    end = "" if cue.end_s is None else f"-{cue.end_s:.3f}"
    pad = "" if cue.number is None else f" on pad {cue.number + 1}"
    tempo = "" if cue.bpm is None else f", {cue.bpm:.2f} BPM"
    name = f", {cue.name}" if cue.name else ""
    return f"{cue.kind.replace('_', ' ')} {cue.start_s:.3f}{end} s{pad}{tempo}{name}"


def _ratings(uow: UnitOfWork, caller: Caller, ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in chunks(ids):
        statement = select(rating.c.item_id, rating.c.stars).where(
            rating.c.user_id == caller.user_id, rating.c.item_kind == "track", rating.c.item_id.in_(some)
        )
        found.update((row.item_id, row.stars) for row in uow.execute(statement))
    return found
