"""Playlists of a linked account, kept in step with those here.

Each playlist is compared with what both sides agreed on last. The side that changed is followed; did both,
the one that was changed last. What only one side can hold - a track the server lacks, a song that is not
known here - keeps its place there. A playlist that was deleted on one side stays on the other, on its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from resonance.core.events import EventBus
from resonance.db.engine import Database, UnitOfWork
from resonance.library.remote import song_store as songs
from resonance.library.remote.ports import PlaylistHead, Remote
from resonance.model.caller import Caller, Role
from resonance.playlists import playlists, remote_store

LONGEST_NAME = playlists.LONGEST_NAME
LONGEST_COMMENT = playlists.LONGEST_COMMENT
MOST_NAMED = 50  # lines of the report


@dataclass(slots=True)
class _Link:
    db: Database
    events: EventBus
    server_id: str
    link_id: str
    caller: Caller
    remote: Remote
    report: dict[str, Any]

    def note(self, name: str, what: str, **more: Any) -> None:
        self.report[what] = self.report.get(what, 0) + 1
        if len(self.report["lists"]) < MOST_NAMED:
            self.report["lists"].append({"name": name, "what": what, **more})


def sync(
    db: Database,
    events: EventBus,
    server: Any,
    row: Any,
    remote: Remote,
    _cursor: dict[str, Any],
    *,
    look: bool,
) -> dict[str, Any]:
    """The report. `look` asks for theirs though nothing changed here."""
    caller = Caller(row.user_id, row.username, Role.USER, None, client="sync")
    link = _Link(db, events, server.id, row.id, caller, remote, {"unmatched": 0, "lists": []})
    with db.read() as uow:
        known = remote_store.known(uow, row.id)
        ours = remote_store.ours(uow, row.user_id)
        sendable = _sendable(uow, link, [id_ for id_ in ours if id_ not in _linked(known)])
    changed = any(
        one.playlist_id in ours and ours[one.playlist_id].version != one.version for one in known.values()
    )
    if not (look or changed or sendable):
        return {}
    heads = {head.id: head for head in remote.playlists() if head.mine}
    for head in list(heads.values())[: remote_store.MOST]:
        _one(link, head, known.get(head.id), ours)
    for id_, one in known.items():
        if id_ not in heads:
            _gone_there(link, one)
    with db.read() as uow:
        linked = _linked(remote_store.known(uow, row.id))
    for id_ in sendable:
        if id_ not in linked:
            _send_new(link, ours[id_])
    return {"playlists": link.report}


def _one(link: _Link, head: PlaylistHead, last: Any, ours: dict[str, Any]) -> None:
    if last is None:
        _take_new(link, head)
        return
    mine = ours.get(last.playlist_id)
    if mine is None:
        return  # deleted here: it stays there, and is left alone
    there, here = head.changed_at != last.changed_at, mine.version != last.version and not head.fixed
    if there and (not here or _time(head.changed_at) > mine.changed_at):
        _take(link, head, mine)
    elif here:
        _send(link, head, last, mine)


def _take_new(link: _Link, head: PlaylistHead) -> None:
    listed = link.remote.playlist_songs(head.id)
    with link.db.read() as uow:
        ids = songs.local_ids(uow, link.server_id, listed)
    tracks = [ids[one] for one in listed if one in ids]
    link.report["unmatched"] += len(listed) - len(tracks)
    with link.db.write() as uow:
        same = remote_store.unlinked_twin(uow, link.caller.user_id, head.name, tracks)
        if same is None:
            made = playlists.create(
                *(uow, link.events, link.caller, head.name[:LONGEST_NAME]),
                comment=head.comment[:LONGEST_COMMENT],
                public=head.public,
                track_ids=tracks[: playlists.MOST_ENTRIES],
            )
            same = made.id
        _agree(uow, link, head, same, listed)
    link.note(head.name, "taken", songs=len(tracks), unmatched=len(listed) - len(tracks))


def _take(link: _Link, head: PlaylistHead, mine: Any) -> None:
    listed = link.remote.playlist_songs(head.id)
    with link.db.read() as uow:
        ids = songs.local_ids(uow, link.server_id, listed)
        held = remote_store.tracks_of(uow, mine.id)
        there = songs.remote_ids(uow, link.server_id, held)
    theirs = [ids[one] for one in listed if one in ids]
    link.report["unmatched"] += len(listed) - len(theirs)
    tracks = kept_in_place(held, [track_id not in there for track_id in held], theirs)
    with link.db.write() as uow:
        args = (uow, link.events, link.caller, mine.id)
        if tracks != held:
            playlists.replace(*args, tracks[: playlists.MOST_ENTRIES])
        name, comment = head.name[:LONGEST_NAME], head.comment[:LONGEST_COMMENT]
        if (name, comment, head.public) != (mine.name, mine.comment, mine.public):
            playlists.change(*args, name=name, comment=comment, public=head.public)
        _agree(uow, link, head, mine.id, listed)
    link.note(head.name, "taken", songs=len(theirs), unmatched=len(listed) - len(theirs))


def _send(link: _Link, head: PlaylistHead, last: Any, mine: Any) -> None:
    listed = json.loads(last.songs or "[]")
    with link.db.read() as uow:
        held = remote_store.tracks_of(uow, mine.id)
        there = songs.remote_ids(uow, link.server_id, held)
        known = songs.local_ids(uow, link.server_id, listed)
    wanted = [there[track_id] for track_id in held if track_id in there]
    order = kept_in_place(listed, [one not in known for one in listed], wanted)
    if order != listed:
        link.remote.save_playlist(head.id, mine.name, order)
    if (mine.name, mine.comment, mine.public) != (head.name, head.comment, head.public):
        link.remote.describe_playlist(head.id, name=mine.name, comment=mine.comment, public=mine.public)
    after = next((one for one in link.remote.playlists() if one.id == head.id), head)
    with link.db.write() as uow:
        _agree(uow, link, after, mine.id, order, name=mine.name, version=mine.version)
    link.note(mine.name, "sent", songs=len(wanted), left_out=len(held) - len(wanted))


def _send_new(link: _Link, mine: Any) -> None:
    with link.db.read() as uow:
        held = remote_store.tracks_of(uow, mine.id)
        there = songs.remote_ids(uow, link.server_id, held)
    wanted = [there[track_id] for track_id in held if track_id in there]
    made = link.remote.save_playlist(None, mine.name, wanted)
    if not made:
        return
    if mine.comment or mine.public:
        link.remote.describe_playlist(made, name=mine.name, comment=mine.comment, public=mine.public)
    after = next((one.changed_at for one in link.remote.playlists() if one.id == made), "")
    with link.db.write() as uow:
        place = link.link_id, made, mine.id
        remote_store.agree(uow, *place, mine.name, after, wanted, mine.version)
    link.note(mine.name, "sent", songs=len(wanted), left_out=len(held) - len(wanted))


def _gone_there(link: _Link, last: Any) -> None:
    with link.db.write() as uow:
        if last.playlist_id is None:
            remote_store.forget(uow, link.link_id, last.remote_id)
        elif last.changed_at != _GONE:
            remote_store.set_changed(uow, link.link_id, last.remote_id, _GONE)
            link.note(last.name, "kept")


_GONE = "gone"


def kept_in_place(before: Sequence[str], mine: Sequence[bool], wanted: Sequence[str]) -> list[str]:
    """`wanted`, with those of `before` that are `mine` alone put behind the one they stood behind."""
    after: dict[int, list[str]] = {}
    places: dict[tuple[str, int], int] = {}
    counts: dict[str, int] = {}
    for at, one in enumerate(wanted):
        counts[one] = counts.get(one, 0) + 1
        places[(one, counts[one])] = at
    counts, anchor = {}, -1
    for one, alone in zip(before, mine, strict=True):
        if alone:
            after.setdefault(anchor, []).append(one)
            continue
        counts[one] = counts.get(one, 0) + 1
        anchor = places.get((one, counts[one]), anchor)
    result = list(after.get(-1, ()))
    for at, one in enumerate(wanted):
        result += [one, *after.get(at, ())]
    return result


def _agree(
    uow: UnitOfWork,
    link: _Link,
    head: PlaylistHead,
    playlist_id: str,
    listed: Sequence[str],
    *,
    name: str | None = None,
    version: int | None = None,
) -> None:
    place = link.link_id, head.id, playlist_id
    remote_store.agree(uow, *place, name or head.name, head.changed_at, listed, version)


def _linked(known: dict[str, Any]) -> set[str]:
    return {row.playlist_id for row in known.values() if row.playlist_id}


def _sendable(uow: UnitOfWork, link: _Link, ids: Sequence[str]) -> list[str]:
    """Those that hold at least one song of the server."""
    return [id_ for id_ in ids if songs.remote_ids(uow, link.server_id, remote_store.tracks_of(uow, id_))]


def _time(text: str) -> int:
    try:
        return int(datetime.fromisoformat(text.split(" ")[0]).timestamp() * 1000)
    except (ValueError, OverflowError):
        return 0
