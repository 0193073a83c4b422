"""Likes, ratings and play counts of a linked account, kept in step in both directions, field by field.

For each field of each item the value both sides agreed on last is kept. The side that differs from it has
changed, and the other one takes its value. Did both change, the newest known time wins, and ours where no
time is known. What the server does not have (any more) is left as it is here.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from resonance.core.events import EventBus
from resonance.core.logs import logger
from resonance.db.engine import Database
from resonance.library.remote.links import Links
from resonance.library.remote.ports import ItemKind, Remote
from resonance.listens.remote import likes, plays, ratings, remote_store, scrobbling
from resonance.listens.remote.link import KINDS, Link

__all__ = ["KINDS", "sync"]

log = logger(__name__)


def sync(
    db: Database,
    events: EventBus,
    links: Links,
    server: Any,
    row: Any,
    remote: Remote,
    cursor: dict[str, Any],
    *,
    look_at: Collection[ItemKind],
    whole: bool,
) -> dict[str, Any]:
    """Everything but playlists; the report. `look_at`: whose ratings are asked for though nothing changed
    here. `whole`: all of them, however many requests that takes; else one page, the next one next time."""
    link = Link(db, events, server.id, row.id, row.user_id, remote)
    report: dict[str, Any] = {}
    if row.scrobbles:
        report["scrobbles"] = scrobbling.forward(db, row, remote)
    first = remote.played(0, plays.AT_ONCE)
    stranger = _is_another(link, cursor)
    if row.plays:
        told = plays.take(link, first, cursor, only_remember=stranger)
        report |= {"plays": told} if told else {}
    if first.total is None or first.total != cursor.get("visible"):
        folders = remote.folders()
        with db.write() as uow:
            links.give_sight(uow, server.id, row.id, folders)
        cursor["visible"] = first.total
    if row.likes:
        report["likes"] = likes.sync(link, remote.starred())
    if row.ratings and (told := ratings.sync(link, cursor, look_at, whole=whole)):
        report["ratings"] = told
    return report


def _is_another(link: Link, cursor: dict[str, Any]) -> bool:
    """Whether the account is another one of the same name: the old one was deleted, or the server reset.

    Nothing was agreed on with it. That it likes nothing is not news, and takes nothing away here.
    """
    before, now = cursor.get("account"), link.remote.account
    if now is None or now == before:
        return False
    cursor["account"] = now
    if before is None:
        return False
    log.info("remote.another_account", link_id=link.link_id)
    for name in ("played_at", "visible", "rated"):
        cursor.pop(name, None)
    with link.db.write() as uow:
        remote_store.forget(uow, link.link_id)
    return True
