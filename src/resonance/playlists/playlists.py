"""Playlists: what one can read, and every change an owner can make.

Entries of tracks whose files are missing (or out of the reader's sight) stay, are hidden, and come back.
Every place in these functions ("position", "index") counts what the caller sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from resonance.core.clock import iso, now_ms
from resonance.core.errors import Conflict, Forbidden, Invalid, NotFound
from resonance.core.events import Event, EventBus
from resonance.core.ids import new_id
from resonance.core.inputs import lines, one_line
from resonance.core.text import sort_key
from resonance.db.engine import UnitOfWork
from resonance.library.catalogue import must_see, tracks_by_ids
from resonance.library.find import name_matches
from resonance.model.caller import Caller
from resonance.model.playlist import EntryItem, PlaylistDetail, PlaylistItem
from resonance.playlists import file_store, steps, store
from resonance.playlists.summary import items

LONGEST_NAME = 200
LONGEST_COMMENT = 4000
MOST_ENTRIES = 20_000


def readable(uow: UnitOfWork, caller: Caller) -> list[PlaylistItem]:
    """The caller's own playlists and everybody's public ones, by name."""
    return items(uow, caller, store.readable(uow, caller))


def named(uow: UnitOfWork, caller: Caller, q: str, limit: int) -> list[PlaylistItem]:
    """Those of `readable` whose name has a word that begins with each word of `q`."""
    rows = [row for row in store.readable(uow, caller) if name_matches(row.name, q)]
    return items(uow, caller, rows[:limit])


def item(uow: UnitOfWork, caller: Caller, playlist_id: str) -> PlaylistItem:
    """One playlist. NotFound when it is somebody's private one: an admin reads no other's either."""
    row = store.one(uow, playlist_id)
    if row is None or not (row.public or row.owner_id == caller.user_id):
        raise no_such()
    return items(uow, caller, [row])[0]


def detail(uow: UnitOfWork, caller: Caller, playlist_id: str) -> PlaylistDetail:
    """One playlist with its entries. NotFound as in `item`."""
    found = item(uow, caller, playlist_id)
    rows = store.shown(uow, caller, playlist_id)
    tracks = {each.id: each for each in tracks_by_ids(uow, caller, list({row.track_id for row in rows}))}
    entries = [
        EntryItem(row.id, tracks[row.track_id], iso(row.added_at)) for row in rows if row.track_id in tracks
    ]
    return PlaylistDetail(**msgspec.structs.asdict(found), entries=entries)


def create(
    uow: UnitOfWork,
    events: EventBus,
    caller: Caller,
    name: str,
    *,
    comment: str = "",
    public: bool = False,
    track_ids: Sequence[str] = (),
) -> PlaylistItem:
    """A new playlist of the caller's. NotFound when a track is out of sight."""
    caller.must_write()
    now, id_ = now_ms(), new_id()
    shown_name = one_line(name, field="name", longest=LONGEST_NAME)
    _checked_tracks(uow, caller, track_ids, held=0)
    row = {
        "id": id_,
        "owner_id": caller.user_id,
        "name": shown_name,
        "name_sort": sort_key(shown_name),
        "comment": lines(comment, field="comment", longest=LONGEST_COMMENT),
        "public": public,
        "version": 1,
        "created_at": now,
        "changed_at": now,
    }
    store.insert(uow, row)
    store.insert_entries(uow, id_, track_ids, now, caller.user_id, position=0)
    tell(uow, events, caller, id_, public=public)
    return item(uow, caller, id_)


def change(
    uow: UnitOfWork,
    events: EventBus,
    caller: Caller,
    playlist_id: str,
    *,
    name: str | None = None,
    comment: str | None = None,
    public: bool | None = None,
    version: int | None = None,
) -> PlaylistItem:
    """Rename, describe, publish. None leaves as is."""
    edit = Edit(uow, events, caller, playlist_id, version)
    columns: dict[str, object] = {}
    if name is not None:
        shown_name = one_line(name, field="name", longest=LONGEST_NAME)
        columns |= {"name": shown_name, "name_sort": sort_key(shown_name)}
    if comment is not None:
        columns["comment"] = lines(comment, field="comment", longest=LONGEST_COMMENT)
    if public is not None:
        columns["public"] = public
    return edit.done(**columns)


def delete(
    uow: UnitOfWork, events: EventBus, caller: Caller, playlist_id: str, *, version: int | None = None
) -> None:
    """Delete a playlist. It can be brought back for a while (see undo)."""
    edit = Edit(uow, events, caller, playlist_id, version)
    before = steps.whole(uow, playlist_id)
    store.remove(uow, playlist_id)
    file_store.drop(uow, before.files)
    steps.keep(uow, caller.user_id, playlist_id, "delete", (edit.version, edit.version), before.body, edit.at)
    tell(uow, events, caller, playlist_id, public=edit.public)


def add(
    uow: UnitOfWork,
    events: EventBus,
    caller: Caller,
    playlist_id: str,
    track_ids: Sequence[str],
    *,
    position: int | None = None,
    version: int | None = None,
) -> PlaylistItem:
    """Put tracks in: at the end, or before the entry that stands at `position`. NotFound as in `create`."""
    edit = Edit(uow, events, caller, playlist_id, version, by_hand=True)
    held = store.size(uow, playlist_id)
    _checked_tracks(uow, caller, track_ids, held=held)
    place = held
    if position is not None:
        if position < 0:
            raise Invalid("A position is not negative.", field="position")
        seen = store.shown(uow, caller, playlist_id)
        if position < len(seen):
            place = store.order(uow, playlist_id).index(seen[position].id)
    store.insert_entries(uow, playlist_id, track_ids, edit.at, caller.user_id, position=place)
    return edit.done()


def remove(
    uow: UnitOfWork,
    events: EventBus,
    caller: Caller,
    playlist_id: str,
    *,
    entry_ids: Sequence[str] = (),
    indexes: Sequence[int] = (),
    version: int | None = None,
) -> PlaylistItem:
    """Take entries out, by id or by index before the change. What is not there is passed over."""
    edit = Edit(uow, events, caller, playlist_id, version, by_hand=True, what="remove")
    going = list(dict.fromkeys(entry_ids))
    if indexes:
        seen = store.shown(uow, caller, playlist_id)
        going += [seen[index].id for index in {*indexes} if 0 <= index < len(seen)]
    store.delete_entries(uow, playlist_id, going)
    return edit.done()


def move(
    uow: UnitOfWork,
    events: EventBus,
    caller: Caller,
    playlist_id: str,
    entry_ids: Sequence[str],
    *,
    before: str | None,
    version: int | None = None,
) -> PlaylistItem:
    """Put entries, as ordered here, before another one or at the end. NotFound for one that is not in."""
    edit = Edit(uow, events, caller, playlist_id, version, by_hand=True, what="move")
    order = store.order(uow, playlist_id)
    moving = dict.fromkeys(entry_ids)
    known = set(order)
    if not known.issuperset(moving) or (before is not None and before not in known):
        raise NotFound("There is no such entry in this playlist.")
    if before in moving:
        raise Invalid("An entry cannot be moved before itself.", field="before")
    staying = [id_ for id_ in order if id_ not in moving]
    place = len(staying) if before is None else staying.index(before)
    store.reorder(uow, playlist_id, [*staying[:place], *moving, *staying[place:]])
    return edit.done()


def replace(
    uow: UnitOfWork,
    events: EventBus,
    caller: Caller,
    playlist_id: str,
    track_ids: Sequence[str],
    *,
    version: int | None = None,
) -> PlaylistItem:
    """Give the playlist exactly these tracks; hidden entries go as well. NotFound as in `create`."""
    edit = Edit(uow, events, caller, playlist_id, version, by_hand=True, what="replace")
    _checked_tracks(uow, caller, track_ids, held=0)
    store.clear(uow, playlist_id)
    store.insert_entries(uow, playlist_id, track_ids, edit.at, caller.user_id, position=0)
    return edit.done()


def duplicate(
    uow: UnitOfWork, events: EventBus, caller: Caller, playlist_id: str, *, name: str | None = None
) -> PlaylistItem:
    """A private copy for the caller of what they can see. NotFound as in `item`."""
    source = item(uow, caller, playlist_id)
    track_ids = [row.track_id for row in store.shown(uow, caller, playlist_id)]
    title = source.name if name is None else name
    return create(uow, events, caller, title, comment=source.comment, track_ids=track_ids)


class Edit:
    """A change in the making: checks that it may be made, and closes it with a new version and the news."""

    def __init__(
        self,
        uow: UnitOfWork,
        events: EventBus,
        caller: Caller,
        playlist_id: str,
        version: int | None,
        *,
        by_hand: bool = False,
        what: str = "",
    ) -> None:
        """`by_hand`: of the entries. `what` names a change that can be taken back (see steps)."""
        caller.must_write()
        row = store.locked(uow, playlist_id)
        _must_own(row, caller)
        if version is not None and version != row.version:
            raise Conflict("This playlist was changed elsewhere in the meantime.", code="stale_version")
        if by_hand and row.rule is not None:
            raise Conflict(
                "This playlist follows a rule. Change the rule, or make it a normal playlist.",
                code="follows_rule",
            )
        if by_hand:
            file_store.detach(uow, playlist_id)
        self.at = now_ms()
        self.public: bool = row.public
        self.version: int = row.version
        self._what, self._before = what, steps.entries(uow, playlist_id) if what else b""
        self._uow, self._events, self._caller, self._id = uow, events, caller, playlist_id

    def done(self, **columns: object) -> PlaylistItem:
        """Store what changed of the playlist itself; the playlist as it is now."""
        if self._what:
            versions, me = (self.version, self.version + 1), self._caller.user_id
            steps.keep(self._uow, me, self._id, self._what, versions, self._before, self.at)
        store.change(self._uow, self._id, self.at, **columns)
        after = item(self._uow, self._caller, self._id)
        tell(self._uow, self._events, self._caller, self._id, public=self.public or after.public)
        return after


def must_own(uow: UnitOfWork, caller: Caller, playlist_id: str) -> None:
    """NotFound as in `item`; Forbidden for somebody else's public one."""
    _must_own(store.one(uow, playlist_id), caller)


def _must_own(row: Any, caller: Caller) -> None:
    if row is None or not (row.public or row.owner_id == caller.user_id):
        raise no_such()
    if row.owner_id != caller.user_id:
        raise Forbidden("Only its owner can change this playlist.")


def _checked_tracks(uow: UnitOfWork, caller: Caller, track_ids: Sequence[str], *, held: int) -> None:
    if held + len(track_ids) > MOST_ENTRIES:
        raise Invalid(f"A playlist has up to {MOST_ENTRIES} entries.", field="track_ids")
    must_see(uow, caller, "track", track_ids)


def tell(uow: UnitOfWork, events: EventBus, caller: Caller, playlist_id: str, *, public: bool) -> None:
    """Publish that a playlist changed, to those who may read it."""
    event = Event("playlist.changed", {"id": playlist_id}, None if public else caller.user_id)
    uow.after_commit(lambda: events.publish(event))


def no_such() -> NotFound:
    """The one answer for "does not exist" and "not for you"."""
    return NotFound("There is no such playlist.")
