"""What an import could not tell apart, or did not find, settled by the person who made it.

A choice puts a track where the file had it, into the playlist that the import made, and stands in the report.
Choosing again exchanges the track; the same choice again changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from resonance.core.errors import Conflict, Invalid, NotFound
from resonance.core.events import EventBus
from resonance.core.ids import is_id, new_id
from resonance.core.paging import decode_keys, encode_cursor
from resonance.db.engine import UnitOfWork
from resonance.library.catalogue import must_see, tracks_by_ids
from resonance.library.catalogue.access import not_found
from resonance.library.match import Wanted
from resonance.library.match_why import compared
from resonance.model.caller import Caller
from resonance.model.catalogue import TrackItem
from resonance.model.imports import Candidate, EntryState, ImportEntries, ImportEntry, Settled
from resonance.model.playlist import PlaylistItem
from resonance.playlists import file_store, places, report_store, reports, store
from resonance.playlists.exchange import report
from resonance.playlists.exchange.chosen import Said, said, settled, unsettled
from resonance.playlists.exchange.report import Line, ListReport, Report
from resonance.playlists.playlists import MOST_ENTRIES, Edit

State: TypeAlias = Literal["open", "settled", "matched", "all"]
Place: TypeAlias = tuple[int, int]  # list from 0, number from 1
MOST_CHOICES = 500


class Choice(Struct, frozen=True, kw_only=True):
    """What a person says of an entry: this track; with None that it is no track here; with `undo` nothing.

    `everywhere`: also of all other entries of the import that say the same.
    """

    list: int
    number: int
    track_id: str | None = None
    undo: bool = False
    everywhere: bool = False


def entries(
    uow: UnitOfWork,
    caller: Caller,
    report_id: str,
    *,
    state: State = "open",
    cursor: str | None = None,
    limit: int = 100,
) -> ImportEntries:
    """The entries of an import of the caller's in this state. NotFound for anybody else's."""
    found = reports.one(uow, caller, report_id)
    after = tuple(decode_keys(cursor, int, int)) if cursor else (-1, 0)
    states = {"settled": ("chosen", "none"), "all": ("matched", "open", "chosen", "none")}.get(
        state, (state,)
    )
    listed = [place for place, line in _lines(found).items() if _state(line) in states]
    page = [place for place in listed if place > after][: limit + 1]
    more = encode_cursor(*page[limit - 1]) if len(page) > limit else None
    return ImportEntries(items=_shown(uow, caller, found, page[:limit]), next=more, total=len(listed))


def settle(
    uow: UnitOfWork, events: EventBus, caller: Caller, report_id: str, choices: Sequence[Choice]
) -> Settled:
    """Take choices for entries of an import of the caller's.

    NotFound for an unknown report or entry and a track out of sight; Conflict where the playlist is gone
    (code `playlist_gone`) or follows a rule; Invalid when a playlist would grow too long.
    """
    caller.must_write()
    row = reports.row(uow, caller, report_id, lock=True)
    meant = [one.track_id for one in choices if one.track_id is not None and not one.undo]
    if not all(map(is_id, meant)):
        raise not_found("track")
    must_see(uow, caller, "track", meant)
    made = report.unpack(row.body)
    wanted = _spread(_lines(made), choices)
    by_list: dict[int, dict[int, Choice]] = defaultdict(dict)
    for (at, number), one in wanted.items():
        by_list[at][number] = one
    lists, changed = list(made.playlists), list[PlaylistItem]()
    for at, some in sorted(by_list.items()):
        lists[at], item = _settle_list(uow, events, caller, lists[at], some)
        changed += [item] if item else []
    after = report.whole(made.name, made.format, lists)
    if after != made:
        report_store.change(uow, row.id, matched=after.matched, body=report.pack(after))
        file_store.change(uow, row.id, missing=after.entries - after.matched)
    still = sum(_state(line) == "open" for line in _lines(after).values())
    shown = _shown(uow, caller, after, sorted(wanted))
    return Settled(entries=shown, playlists=changed, open=still, matched=after.matched)


def _lines(made: Report) -> dict[Place, Line]:
    """All entries, in the order of the file."""
    return {(at, line.number): line for at, one in enumerate(made.playlists) for line in report.in_order(one)}


def _state(line: Line) -> EntryState:
    if not line.settled:
        return "open" if line.track_id is None else "matched"
    return "none" if line.track_id is None else "chosen"


def _spread(lines: Mapping[Place, Line], choices: Sequence[Choice]) -> dict[Place, Choice]:
    """The choice for each entry concerned; of two for one the last counts."""
    alike: dict[Said, list[Place]] = defaultdict(list)
    if any(one.everywhere for one in choices):
        for place, line in lines.items():
            alike[said(line)].append(place)
    found: dict[Place, Choice] = {}
    for one in choices:
        named = (one.list, one.number)
        if named not in lines:
            raise NotFound("There is no such entry in this import.")
        for place in alike[said(lines[named])] if one.everywhere else [named]:
            found[place] = one
    return found


def _settle_list(
    uow: UnitOfWork, events: EventBus, caller: Caller, listed: ListReport, choices: Mapping[int, Choice]
) -> tuple[ListReport, PlaylistItem | None]:
    """The list after its choices, and its playlist where that changed."""
    playlist_id = listed.playlist_id
    if playlist_id is None or store.one(uow, playlist_id) is None:
        raise Conflict("The playlist of this import was deleted.", code="playlist_gone")
    edit = Edit(uow, events, caller, playlist_id, None, by_hand=not _follows(uow, playlist_id))
    before = report.in_order(listed)
    held = store.places(uow, playlist_id)
    stands = places.standing(before, held)
    lines, changes, new = _chosen(before, choices, dict(held), stands)
    made = report.with_lines(listed, lines)
    if not changes:
        return made, None
    order = places.laid([id_ for id_, _ in held], stands, changes, [line.number for line in before])
    if len(order) > max(MOST_ENTRIES, len(held)):
        raise Invalid(f"A playlist has up to {MOST_ENTRIES} entries.", field="track_id")
    store.lay(uow, playlist_id, order, new, edit.at, caller.user_id)
    return made, edit.done()


def _chosen(
    before: Sequence[Line],
    choices: Mapping[int, Choice],
    tracks: Mapping[str, str],
    stands: Mapping[int, str],
) -> tuple[list[Line], dict[int, str | None], dict[str, str]]:
    """The lines after the choices, the new entry (or none) of each that changed, and the tracks of those.

    `tracks` are those of the playlist's entries, `stands` says in which of them a line stands.
    """
    lines: list[Line] = []
    changes: dict[int, str | None] = {}
    new: dict[str, str] = {}
    for line in before:
        one = choices.get(line.number)
        if one is None:
            lines.append(line)
            continue
        entry_id = stands.get(line.number)
        after = unsettled(line) if one.undo else settled(line, one.track_id)
        if after.track_id != (tracks[entry_id] if entry_id else None):
            entry_id = changes[line.number] = new_id() if after.track_id else None
            if entry_id and after.track_id:
                new[entry_id] = after.track_id
        lines.append(replace(after, entry_id=entry_id))
    return lines, changes, new


def _follows(uow: UnitOfWork, playlist_id: str) -> bool:
    file = file_store.one_of_playlist(uow, playlist_id)
    return file is not None and file.state == "follows"


def _shown(uow: UnitOfWork, caller: Caller, made: Report, chosen: Sequence[Place]) -> list[ImportEntry]:
    lines = _lines(made)
    some = [lines[place] for place in chosen]
    offered = {at: (_wanted(line), _candidates(line)) for at, line in enumerate(some)}
    why = compared(uow, offered)
    ids = {id_ for _, some_ids in offered.values() for id_ in some_ids}
    ids.update(line.track_id for line in some if line.track_id)
    tracks = {track.id: track for track in tracks_by_ids(uow, caller, sorted(ids))}

    def candidates(at: int) -> Iterable[Candidate]:
        for id_, one in why[at].items():
            if id_ in tracks:
                yield Candidate(
                    track=tracks[id_],
                    title=one.title,
                    artist=one.artist,
                    album=one.album,
                    longer_s=one.longer_s,
                    why=one.sentence,
                )

    return [
        _entry(made.playlists[chosen[at][0]], chosen[at][0], line, tracks, tuple(candidates(at)))
        for at, line in enumerate(some)
    ]


def _entry(
    listed: ListReport,
    at: int,
    line: Line,
    tracks: Mapping[str, TrackItem],
    candidates: tuple[Candidate, ...],
) -> ImportEntry:
    return ImportEntry(
        list=at,
        number=line.number,
        list_name=listed.name,
        playlist_id=listed.playlist_id,
        title=line.title,
        artist=line.artist,
        album=line.album,
        path=line.path,
        duration_s=line.duration_s,
        state=_state(line),
        how=line.how,
        score=line.score,
        reason=line.reason,
        track=tracks.get(line.track_id) if line.track_id else None,
        candidates=candidates,
    )


def _candidates(line: Line) -> list[str]:
    """What the matcher could not tell apart, and what it took where a person took another."""
    found = line.before.track_id if line.before else None
    return list(dict.fromkeys([*([found] if found else []), *line.candidates]))


def _wanted(line: Line) -> Wanted:
    return Wanted(
        title=line.title or None,
        artist=line.artist or None,
        album=line.album or None,
        duration_s=line.duration_s,
    )
