"""Play counts of a linked account: what the server counts above the last seen number is added here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from resonance.db import changes
from resonance.library.remote import song_store
from resonance.library.remote.ports import Page, Personal
from resonance.listens import store
from resonance.listens.remote import remote_store
from resonance.listens.remote.link import Link, Tally

AT_ONCE = 200


def take(link: Link, page: Page, cursor: dict[str, Any], *, only_remember: bool) -> dict[str, int] | None:
    """The report, from the first page of the songs played last; None when the server does not list them.

    `only_remember`: the numbers there are where counting begins.
    """
    if page.total is None:
        return None
    until = newest = int(cursor.get("played_at") or 0)
    tally, start = Tally(), 0
    while True:
        played = [song for song in page.songs if song.personal.plays]
        with link.db.read() as uow:
            ids = song_store.local_ids(uow, link.server_id, [song.id for song in played])
            seen = remote_store.seen(uow, link.link_id, "track", "plays", ids.values())
        marks = {ids[song.id]: song.personal for song in played if song.id in ids}
        news = {id_: mark for id_, mark in marks.items() if seen.get(id_, 0) != mark.plays}
        more = {
            id_: 0 if only_remember else max(mark.plays - seen.get(id_, 0), 0) for id_, mark in news.items()
        }
        if news:
            _add(link, news, more)
        tally.taken += sum(more.values())
        tally.unmatched += len(played) - len(ids)
        newest = max([newest, *(song.personal.played_at or 0 for song in played)])
        start += len(page.songs)
        last = played[-1].personal.played_at if played else None
        older = last is not None and last < until
        if len(played) < AT_ONCE or older or start >= (page.total or 0):
            break
        page = link.remote.played(start, AT_ONCE)
    cursor["played_at"] = newest
    return tally.told()


def _add(link: Link, news: Mapping[str, Personal], more: Mapping[str, int]) -> None:
    with link.db.write() as uow:
        for id_, mark in news.items():
            remote_store.add_plays(uow, link.user_id, id_, more[id_], mark.played_at)
        remote_store.remember(uow, link.link_id, "track", "plays", {id_: m.plays for id_, m in news.items()})
        store.touched(uow, link.user_id)
        changes.note(uow, "plays", news, link.user_id)
