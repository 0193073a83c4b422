"""What people say instead of the measurement. It wins, and no analysis touches it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from resonance.analysis.crew import TOPIC
from resonance.analysis.store import VERSION_ROW
from resonance.core.clock import now_ms
from resonance.core.errors import Invalid
from resonance.core.events import Event, EventBus
from resonance.db import changes, versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import track_edit
from resonance.db.upsert import upsert
from resonance.library import traits
from resonance.library.catalogue.access import must_see
from resonance.model import camelot
from resonance.model.caller import Caller

SLOWEST, FASTEST = 20.0, 400.0  # BPM


@dataclass(frozen=True, slots=True)
class Edit:
    """`bpm` in BPM, `key` in any spelling; None takes the edit back. What is not in `said` stays as it is."""

    said: frozenset[str]
    bpm: float | None = None
    key: str | None = None


def change(uow: UnitOfWork, events: EventBus, caller: Caller, track_id: str, edit: Edit) -> None:
    """Correct a track. NotFound; Forbidden for guests; Invalid for what is no tempo or key."""
    caller.must_write()
    must_see(uow, caller, "track", [track_id])
    before = uow.execute(select(track_edit).where(track_edit.c.track_id == track_id)).one_or_none()
    row: dict[str, Any] = {
        "track_id": track_id,
        "bpm": before.bpm if before else None,
        "key_tonic": before.key_tonic if before else None,
        "key_mode": before.key_mode if before else None,
        "user_id": caller.user_id or None,
        "changed_at": now_ms(),
    }
    if "bpm" in edit.said:
        row["bpm"] = _tempo(edit.bpm)
    if "key" in edit.said:
        row["key_tonic"], row["key_mode"] = _key(edit.key)
    if row["bpm"] is None and row["key_tonic"] is None:
        uow.execute(delete(track_edit).where(track_edit.c.track_id == track_id))
    else:
        upsert(uow, track_edit, [row], keys=["track_id"], update=[name for name in row if name != "track_id"])
    traits.refresh(uow, [track_id])
    changes.note(uow, "features", [track_id])
    versions.bump(uow, VERSION_ROW)
    uow.after_commit(lambda: events.publish(Event(TOPIC)))


def _tempo(bpm: float | None) -> float | None:
    if bpm is not None and not SLOWEST <= bpm <= FASTEST:
        raise Invalid(f"A tempo is {SLOWEST:.0f} to {FASTEST:.0f} BPM.", field="bpm")
    return None if bpm is None else round(bpm, 2)


def _key(text: str | None) -> tuple[int | None, str | None]:
    if text is None:
        return None, None
    key = camelot.parse(text)
    if key is None:
        raise Invalid("A key is written as F#m, Bb or 8A.", field="key")
    return key
