"""What a person writes of the words of a track: a text of their own, and how much sooner the words come."""

from __future__ import annotations

import re

from sqlalchemy import delete, update

from resonance.audio import lrc
from resonance.core.clock import now_ms
from resonance.core.errors import Invalid, NotFound
from resonance.core.inputs import lines as several_lines
from resonance.db.engine import UnitOfWork
from resonance.db.tables.lyrics import own_lyrics
from resonance.db.upsert import upsert
from resonance.library.catalogue.access import must_see
from resonance.library.lyrics.texts import own_row
from resonance.model.caller import Caller

LONGEST_TEXT = 200_000  # characters
LONGEST_OFFSET_MS = 60_000
_STAMPED = re.compile(r"\s*\[\d{1,3}:\d{1,2}([.:,]\d{1,3})?\]")
_BEFORE_THE_START = re.compile(r"\s*[\[<]-\d")
_NAMED = re.compile(r"\s*\[[a-zA-Z#]+:[^\]]*\]\s*$")


def write(uow: UnitOfWork, caller: Caller, track_id: str, text: str) -> None:
    """Keep the caller's own text of a track, plain or LRC, in place of the one before.

    Invalid names the line that is wrong: too many of them, a time before the start, or only some with times.
    """
    caller.must_write()
    must_see(uow, caller, "track", [track_id])
    body, synced = _checked(text)
    row = {"user_id": caller.user_id, "track_id": track_id, "body": body, "synced": synced}
    _keep(uow, row | {"changed_at": now_ms()}, ["body", "synced", "changed_at"])


def forget(uow: UnitOfWork, caller: Caller, track_id: str) -> None:
    """Remove the caller's own text; the offset stays. NotFound when there is none."""
    caller.must_write()
    must_see(uow, caller, "track", [track_id])
    row = own_row(uow, caller, track_id)
    if row is None or row.body is None:
        raise NotFound("You have no text of your own for this track.")
    mine = (own_lyrics.c.user_id == caller.user_id, own_lyrics.c.track_id == track_id)
    if row.offset_ms:
        uow.execute(update(own_lyrics).where(*mine).values(body=None, synced=False, changed_at=now_ms()))
    else:
        uow.execute(delete(own_lyrics).where(*mine))


def set_offset(uow: UnitOfWork, caller: Caller, track_id: str, offset_ms: int) -> None:
    """Let all words of a track come `offset_ms` sooner (later where negative) for this caller."""
    caller.must_write()
    must_see(uow, caller, "track", [track_id])
    if abs(offset_ms) > LONGEST_OFFSET_MS:
        raise Invalid("Words can be moved by up to a minute.", field="offset_ms")
    row = {"user_id": caller.user_id, "track_id": track_id, "offset_ms": offset_ms, "changed_at": now_ms()}
    _keep(uow, row, ["offset_ms", "changed_at"])


def _keep(uow: UnitOfWork, row: dict[str, object], update_: list[str]) -> None:
    upsert(uow, own_lyrics, [row], keys=["user_id", "track_id"], update=update_)


def _checked(text: str) -> tuple[str, bool]:
    """(body as it is kept, whether it is synced)."""
    if len(text) > LONGEST_TEXT:
        raise Invalid(f"A text has up to {LONGEST_TEXT:,} characters.", field="text")
    body = several_lines(text, field="text", longest=LONGEST_TEXT)
    rows = body.split("\n")
    if not body:
        raise Invalid("There are no words.", field="text")
    if len(rows) > lrc.MAX_LINES:
        raise Invalid(f"A text has up to {lrc.MAX_LINES:,} lines.", field="text")
    if not any(_STAMPED.match(row) for row in rows):
        return body, False
    for number, row in enumerate(rows, 1):
        if _BEFORE_THE_START.match(row):
            raise Invalid(f"Line {number}: a time lies before the start of the track.", field="text")
        if row.strip() and not _STAMPED.match(row) and not _NAMED.match(row):
            raise Invalid(f"Line {number} has no time. Give every line one, or none.", field="text")
    lines = lrc.parse(body)
    if len(lines) >= lrc.MAX_LINES and body.count("[") > lrc.MAX_LINES:
        raise Invalid(f"A text has up to {lrc.MAX_LINES:,} lines.", field="text")
    return lrc.write(lines), True
