"""Folders of playlists: each person's own order over the playlists they can read."""

from __future__ import annotations

from collections.abc import Sequence

from resonance.core.clock import now_ms
from resonance.core.errors import Conflict, Invalid, NotFound
from resonance.core.events import Event, EventBus
from resonance.core.ids import new_id
from resonance.core.inputs import one_line
from resonance.db.engine import UnitOfWork
from resonance.model.caller import Caller
from resonance.model.lists import PlaylistFolder, PlaylistPlace, PlaylistShelf
from resonance.playlists import folder_store as store

LONGEST_NAME, MOST_FOLDERS, DEEPEST = 200, 500, 8
MOST_AT_ONCE = 1000


def tree(uow: UnitOfWork, caller: Caller) -> PlaylistShelf:
    """The caller's folders and what lies in them."""
    return PlaylistShelf(
        [PlaylistFolder(row.id, row.name, row.parent_id) for row in store.folders(uow, caller.user_id)],
        [PlaylistPlace(row.playlist_id, row.folder_id) for row in store.places(uow, caller)],
    )


def create(
    uow: UnitOfWork, events: EventBus, caller: Caller, name: str, *, parent_id: str | None = None
) -> PlaylistFolder:
    """A new folder, last of its parent. Invalid when there are too many or it lies too deep."""
    shelf = _Shelf(uow, events, caller)
    if len(shelf.parents) >= MOST_FOLDERS:
        raise Invalid(f"There are up to {MOST_FOLDERS} folders.", field="name")
    shelf.must_have(parent_id)
    if shelf.depth(parent_id) >= DEEPEST:
        raise Invalid(f"Folders lie up to {DEEPEST} deep.", field="parent_id")
    made = PlaylistFolder(new_id(), _name(name), parent_id)
    row = {"id": made.id, "owner_id": caller.user_id, "name": made.name, "parent_id": parent_id}
    store.insert(uow, {**row, "position": len(shelf.below(parent_id)), "changed_at": now_ms()})
    shelf.done()
    return made


def rename(uow: UnitOfWork, events: EventBus, caller: Caller, folder_id: str, name: str) -> PlaylistFolder:
    """Call a folder otherwise. NotFound for somebody else's."""
    shelf = _Shelf(uow, events, caller)
    shelf.must_have(folder_id)
    store.change(uow, folder_id, name=_name(name), changed_at=now_ms())
    shelf.done()
    return PlaylistFolder(folder_id, _name(name), shelf.parents[folder_id])


def move(
    uow: UnitOfWork,
    events: EventBus,
    caller: Caller,
    folder_id: str,
    *,
    parent_id: str | None,
    before: str | None = None,
) -> PlaylistShelf:
    """Put a folder into another (None: outside of all), before one that lies there or at the end.

    Conflict when it would lie in itself, Invalid when too deep.
    """
    shelf = _Shelf(uow, events, caller)
    shelf.must_have(folder_id)
    shelf.must_have(parent_id)
    if folder_id in shelf.above(parent_id):
        raise Conflict("A folder cannot lie in itself.")
    if shelf.depth(parent_id) + shelf.height(folder_id) > DEEPEST:
        raise Invalid(f"Folders lie up to {DEEPEST} deep.", field="parent_id")
    others = [id_ for id_ in shelf.below(parent_id) if id_ != folder_id]
    store.put_folders(uow, parent_id, _inserted(others, [folder_id], before))
    shelf.done()
    return tree(uow, caller)


def delete(uow: UnitOfWork, events: EventBus, caller: Caller, folder_id: str) -> PlaylistShelf:
    """Delete a folder; what lies in it moves to where it stood."""
    shelf = _Shelf(uow, events, caller)
    shelf.must_have(folder_id)
    parent_id = shelf.parents[folder_id]
    around = shelf.below(parent_id)
    at = around.index(folder_id)
    store.put_folders(uow, parent_id, [*around[:at], *shelf.below(folder_id), *around[at + 1 :]])
    held = store.places(uow, caller)
    beside = [row.playlist_id for row in held if row.folder_id == parent_id]
    inside = [row.playlist_id for row in held if row.folder_id == folder_id]
    store.put_playlists(uow, caller.user_id, parent_id, [*beside, *inside])
    store.remove(uow, folder_id)
    shelf.done()
    return tree(uow, caller)


def put(
    uow: UnitOfWork,
    events: EventBus,
    caller: Caller,
    playlist_ids: Sequence[str],
    *,
    folder_id: str | None,
    before: str | None = None,
) -> PlaylistShelf:
    """Put playlists, as ordered here, into a folder (None: outside), before one that lies there or last.

    NotFound for a playlist or folder that is not the caller's to see.
    """
    shelf = _Shelf(uow, events, caller)
    shelf.must_have(folder_id)
    moving = list(dict.fromkeys(playlist_ids))
    if len(moving) > MOST_AT_ONCE:
        raise Invalid(f"Move up to {MOST_AT_ONCE} at once.", field="playlist_ids")
    if set(moving) - store.readable(uow, caller, moving):
        raise NotFound("There is no such playlist.")
    there = [row.playlist_id for row in store.places(uow, caller) if row.folder_id == folder_id]
    others = [id_ for id_ in there if id_ not in moving]
    store.put_playlists(uow, caller.user_id, folder_id, _inserted(others, moving, before))
    shelf.done()
    return tree(uow, caller)


def _name(name: str) -> str:
    return one_line(name, field="name", longest=LONGEST_NAME)


def _inserted(others: list[str], moving: list[str], before: str | None) -> list[str]:
    place = others.index(before) if before in others else len(others)
    return [*others[:place], *moving, *others[place:]]


class _Shelf:
    """The caller's folders about to be changed."""

    def __init__(self, uow: UnitOfWork, events: EventBus, caller: Caller) -> None:
        caller.must_write()
        self._uow, self._events, self._caller = uow, events, caller
        self.parents: dict[str, str | None] = {
            row.id: row.parent_id for row in store.folders(uow, caller.user_id)
        }

    def must_have(self, folder_id: str | None) -> None:
        if folder_id is not None and folder_id not in self.parents:
            raise NotFound("There is no such folder.")

    def below(self, folder_id: str | None) -> list[str]:
        return [id_ for id_, parent in self.parents.items() if parent == folder_id]

    def above(self, folder_id: str | None) -> list[str]:
        """The folder itself and all it lies in."""
        found: list[str] = []
        while folder_id is not None and folder_id not in found:
            found.append(folder_id)
            folder_id = self.parents.get(folder_id)
        return found

    def depth(self, folder_id: str | None) -> int:
        return len(self.above(folder_id))

    def height(self, folder_id: str) -> int:
        return 1 + max((self.height(id_) for id_ in self.below(folder_id)), default=0)

    def done(self) -> None:
        store.changed(self._uow)
        event = Event("playlist.changed", {"id": ""}, self._caller.user_id)
        self._uow.after_commit(lambda: self._events.publish(event))
