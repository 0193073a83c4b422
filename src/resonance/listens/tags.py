"""Private tags and notes on tracks. Nobody but their writer ever reads them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from resonance.core.clock import now_ms
from resonance.core.errors import Invalid
from resonance.core.inputs import lines, one_line
from resonance.core.text import fold
from resonance.db import changes
from resonance.db.engine import UnitOfWork
from resonance.library.catalogue.access import must_see
from resonance.listens import store
from resonance.model.caller import Caller

MOST_TAGS = 50
LONGEST_TAG = 64
LONGEST_NOTE = 10_000


class TagItem(Struct, frozen=True):
    """One of the caller's tags and how many tracks carry it."""

    tag: str
    track_count: int


def set_tags(uow: UnitOfWork, caller: Caller, track_id: str, tags: Sequence[str]) -> list[str]:
    """Replace the caller's tags of a track; the tags as kept. Spellings that differ only in case are one."""
    caller.must_write()
    must_see(uow, caller, "track", [track_id])
    by_form: dict[str, str] = {}
    for tag in tags:
        name = one_line(tag, field="tags", longest=LONGEST_TAG, blank=True)
        if name:
            by_form.setdefault(fold(name) or name, name)
    if len(by_form) > MOST_TAGS:
        raise Invalid(f"A track can have up to {MOST_TAGS} tags.", field="tags")
    kept = sorted(by_form.values())
    store.set_tags(uow, caller.user_id, track_id, kept)
    store.touched(uow, caller.user_id)
    changes.note(uow, "tags", [track_id], caller.user_id)
    return kept


def set_note(uow: UnitOfWork, caller: Caller, track_id: str, note: str) -> str:
    """Replace the caller's note on a track, "" removes it; the note as kept."""
    caller.must_write()
    must_see(uow, caller, "track", [track_id])
    kept = lines(note, field="note", longest=LONGEST_NOTE)
    store.set_note(uow, caller.user_id, track_id, kept, now_ms())
    store.touched(uow, caller.user_id)
    changes.note(uow, "tags", [track_id], caller.user_id)
    return kept


def all_tags(uow: UnitOfWork, caller: Caller) -> list[TagItem]:
    """Every tag the caller uses."""
    return [TagItem(tag, tracks) for tag, tracks in store.tag_counts(uow, caller.user_id)]
