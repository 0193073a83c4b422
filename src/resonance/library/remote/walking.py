"""The two ways through a server's songs: by the time they changed, and all of them.

A whole walk keeps its place with every page, so that one which was killed goes on there. Its mark is larger
than that of every walk before, whatever the clock says: songs that carry an older one were not met.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from resonance.library.remote import song_store
from resonance.library.remote.ports import Folder, Order, Page, ScanState, Song
from resonance.library.remote.reading import BATCH, Moved, Reading
from resonance.library.remote.song_words import milliseconds

CALM = 200  # so many unchanged songs in a row, older than the last sync, end a walk by time
SLACK_MS = 24 * 3600 * 1000  # file times are not the server's clock


def changes(reading: Reading) -> None:
    """Songs by the time they changed, then by the time they were added; more where the totals differ."""
    total: int | None = None
    orders: tuple[Order, ...] = ("changed", "added")
    for order in orders:
        start = 0
        while True:
            page = reading.page(reading.remote.latest(order, start))
            total = _steady(total, page)
            fresh = reading.take(page.songs)
            start += len(page.songs)
            if _calm(reading, page.songs, fresh, order) or len(page.songs) < reading.remote.page_size:
                break
    if total is not None and total != reading.present():
        _find_missing(reading)
        if total != reading.present():
            # Songs that the server has forgotten altogether: only the list of all tells which.
            everything(reading, reading.remote.scan_state())


def everything(reading: Reading, state: ScanState) -> None:
    """All songs; what was not met is gone."""
    walk = reading.cursor.get("walk") or {}
    if walk.get("mark") != state.mark:
        with reading.db.read() as uow:
            mark = max(reading.now, song_store.last_seen(uow, reading.server_id) + 1)
        walk = {"mark": state.mark, "at": mark, "folder": "", "start": 0, "total": None}
    reading.cursor["walk"] = walk
    reading.mark_as(int(walk["at"]))
    folders = reading.folders()
    whole: Sequence[Folder | None] = folders if not reading.remote.tells_changes else [None]
    for folder in whole:
        key = folder.id if folder else ""
        if key not in walk.get("ended", ()):
            _folder(reading, walk, folder, key)
            walk["ended"] = [*walk.get("ended", ()), key]
    _sweep(reading, int(walk["at"]))
    reading.cursor.pop("walk", None)
    reading.cursor["full_at"] = reading.now


def _folder(reading: Reading, walk: dict[str, Any], folder: Folder | None, key: str) -> None:
    start = int(walk["start"]) if walk["folder"] == key else 0
    total: int | None = walk["total"] if walk["folder"] == key else None
    while True:
        page = reading.page(reading.remote.songs(folder, start))
        try:
            total = _steady(total, page)
        except Moved:
            reading.cursor.pop("walk", None)  # places have shifted: from the beginning next time
            with reading.batch() as uow:
                reading.keep(uow)
            raise
        start += len(page.songs)
        reading.take(page.songs, walk=walk, place={"folder": key, "start": start, "total": total})
        if len(page.songs) < reading.remote.page_size:
            return


def _sweep(reading: Reading, since: int) -> None:
    while True:
        with reading.db.read() as uow:
            rows = song_store.unseen(uow, reading.server_id, since, BATCH)
        reading.remove(rows, why="the server does not list it any more")
        if len(rows) < BATCH:
            return


def _find_missing(reading: Reading) -> None:
    start = 0
    while True:
        page = reading.page(reading.remote.missing(start))
        with reading.db.read() as uow:
            known = song_store.songs(uow, reading.server_id, [song.id for song in page.songs])
        gone = [row for row in known.values() if row.missing_at is None]
        reading.remove(gone, why="its file is gone there")
        start += len(page.songs)
        if len(page.songs) < reading.remote.page_size:
            return


def _calm(reading: Reading, songs: list[Song], fresh: set[str], order: Order) -> bool:
    """Whether the page ends in songs that are both unchanged and older than the last sync."""
    since = int(reading.cursor.get("at") or 0)
    tail = songs[-CALM:]
    if not tail:
        return True
    last = milliseconds(songs[-1].changed_at if order == "changed" else songs[-1].added_at)
    if last is not None and last < since - SLACK_MS:
        return True
    old = last is not None and last < since
    return old and len(tail) == CALM and not any(song.id in fresh for song in tail)


def _steady(total: int | None, page: Page) -> int | None:
    if total is not None and page.total is not None and page.total != total:
        raise Moved
    return page.total if page.total is not None else total
