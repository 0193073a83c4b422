"""What is to be said of a list: what is not as it was asked for, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resonance.assistant.answer import PromptNote
from resonance.assistant.making import lasting
from resonance.assistant.making.length import clock
from resonance.assistant.plan import Plan

if TYPE_CHECKING:
    from resonance.assistant.making.ordering import Found
    from resonance.assistant.making.pool import Pool


def notes(plan: Plan, pool: Pool, found: Found) -> list[PromptNote]:
    """What is not as it was asked for, and why."""
    told: list[PromptNote] = []
    wanted_ms = found.length.wanted_ms
    if not pool.passing:
        told.append(PromptNote("nothing", "No track of your library fits all the rules."))
    elif not found.order:
        told.append(PromptNote("nothing", "The length of none of the tracks that fit is known."))
    elif wanted_ms and not _told_short(found) and not lasting.close_enough(found.length_ms, wanted_ms):
        told.append(_off(wanted_ms, found.length_ms))
    if not found.length.said:
        told.append(PromptNote("hour", "No length was said, so it is an hour."))
    if pool.unread and found.wishes.any:
        told.append(
            PromptNote("unread", "No track has been read for descriptions yet: only the rules count.")
        )
    why = next(
        (asked.answered.fallback for asked in found.wishes.asked or () if asked.answered.fallback), None
    )
    if why is not None:
        told.append(PromptNote("model", f"Compared by its words alone: {why}", {"why": why}))
    silent = sum(item.energy is None for item in found.order)
    if silent and found.order:
        text = f"The energy of {silent} of {len(found.order)} tracks is not known yet."
        told.append(PromptNote("energy", text, {"tracks": silent, "of": len(found.order)}))
    lost = [id_ for id_ in plan.pins if id_ not in found.locked]
    if lost and found.order:
        text = f"{len(lost)} locked tracks no longer fit the rules."
        told.append(PromptNote("lost", text, {"tracks": len(lost)}))
    return told


def _told_short(found: Found) -> bool:
    return any(note.kind == "short" for note in found.notes)


def _off(wanted_ms: int, length_ms: int) -> PromptNote:
    wanted, shown = clock(wanted_ms), clock(length_ms)
    text = f"No choice of what fits comes nearer to {wanted} than {shown}."
    return PromptNote("off", text, {"wanted": wanted, "length": shown})
