"""What is shown of an order: its slots, its joints with their scores, how it follows the curve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from resonance.library import catalogue
from resonance.model.dj_set import SetJoint, SetLevel, SetSlot, SetStatistics, SlotPlace
from resonance.recommend.items import items as library_items
from resonance.sequencing import score
from resonance.sequencing.costs import NEAR_PCT
from resonance.sequencing.curve import SCALE
from resonance.sequencing.items import Item, Joint
from resonance.sequencing.joints import along, of_pairs
from resonance.sets import document, store

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.search.vectors.ports import VectorIndex
    from resonance.sets.document import Document


@dataclass(frozen=True)
class View:
    """An order as every surface shows it."""

    slots: list[SetSlot]
    joints: list[SetJoint]
    energy: list[SetLevel]
    statistics: SetStatistics


def items(
    uow: UnitOfWork, caller: Caller, index: VectorIndex, track_ids: Sequence[str], of: str
) -> list[Item]:
    """What is known of tracks, with what the curve is about (energy or a mood) as their energy."""
    found = library_items(uow, track_ids, index)
    if of == "energy":
        return found
    values = store.mood_values(uow, caller.user_id, of, [item.id for item in found])
    return [replace(item, energy=values.get(item.id)) for item in found]


def seen_items(
    uow: UnitOfWork, caller: Caller, index: VectorIndex, track_ids: Sequence[str], of: str
) -> list[Item]:
    """One for each id: of a track that is out of sight nothing is known."""
    visible = catalogue.visible(uow, caller, "track", track_ids)
    known = {item.id: item for item in items(uow, caller, index, sorted(visible), of)}
    return [known.get(id_) or Item(id_) for id_ in track_ids]


def shown(
    uow: UnitOfWork, caller: Caller, index: VectorIndex, made_of: Document, slots: Sequence[SlotPlace]
) -> View:
    """The view of an order of a set."""
    ids = [slot.track_id for slot in slots]
    tracks = {track.id: track for track in catalogue.tracks_by_ids(uow, caller, ids)}
    known = seen_items(uow, caller, index, ids, made_of.curve.of)
    joints = [joint(one) for one in along(known, made_of.settings.ignore)]
    energy = levels(made_of, known)
    return View(
        slots=[
            SetSlot(
                track_id=slot.track_id,
                locked=slot.locked,
                joined=slot.joined,
                track=tracks.get(slot.track_id),
            )
            for slot in slots
        ],
        joints=joints,
        energy=energy,
        statistics=statistics(known, joints, energy),
    )


def levels(made_of: Document, known: Sequence[Item]) -> list[SetLevel]:
    """What the curve asks for in each slot, and what there is."""
    wanted = document.drawn(made_of.curve).levels(len(known))
    return [
        SetLevel(level / SCALE, document.level(made_of.levels, item.energy))
        for level, item in zip(wanted, known, strict=True)
    ]


def joint(one: Joint) -> SetJoint:
    """A joint with its score."""
    found = score.score(one)
    return SetJoint(
        a=one.a,
        b=one.b,
        score=found.points,
        weak_reason=found.weak_reason,
        tempo_change_pct=one.tempo_change_pct,
        tempo_factor=one.tempo_factor,
        relation=one.relation,
        compatible=one.compatible,
        costs=dict(one.costs),
    )


def pairs(
    uow: UnitOfWork, caller: Caller, index: VectorIndex, wanted: Sequence[tuple[str, str]]
) -> list[SetJoint]:
    """The joints of pairs of tracks. NotFound for one that the caller may not hear."""
    ids = list(dict.fromkeys(id_ for pair in wanted for id_ in pair))
    catalogue.must_see(uow, caller, "track", ids)
    known = library_items(uow, ids, index)
    place = {item.id: number for number, item in enumerate(known)}
    found = of_pairs(known, [place[a] for a, _ in wanted], [place[b] for _, b in wanted])
    return [joint(one) for one in found]


def statistics(
    known: Sequence[Item], joints: Sequence[SetJoint], energy: Sequence[SetLevel]
) -> SetStatistics:
    """An order at a glance."""
    scores = [one.score for one in joints]
    tempi = [item.bpm for item in known if item.bpm is not None]
    changes = [one.tempo_change_pct for one in joints if one.tempo_change_pct is not None]
    fits = [one.compatible for one in joints if one.compatible is not None]
    off = [abs(level.level - level.wanted) for level in energy if level.level is not None]
    artists = Counter(item.artist for item in known if item.artist is not None)
    return SetStatistics(
        tracks=len(known),
        duration_s=sum(item.duration_s or 0.0 for item in known),
        average_score=score.average(scores),
        lowest_score=min(scores, default=None),
        weak=sum(one < score.FAIR for one in scores),
        fair=sum(score.FAIR <= one < score.GOOD for one in scores),
        good=sum(one >= score.GOOD for one in scores),
        compatible=sum(fits),
        keys_known=len(fits),
        tempo_near=sum(_off(change) <= NEAR_PCT for change in changes),
        tempo_known=len(changes),
        bpm_low=min(tempi, default=None),
        bpm_high=max(tempi, default=None),
        energy_error=round(sum(off) / len(off), 4) if off else None,
        artists=len(artists),
        most_by_one_artist=max(artists.values(), default=0),
    )


def _off(change_pct: float) -> float:
    """How far apart two tempi are in per cent, whichever of them is changed."""
    by = 1 + change_pct / 100
    return (max(by, 1 / by) - 1) * 100
