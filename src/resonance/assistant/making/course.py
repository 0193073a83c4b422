"""The course of energy that a plan asks for."""

from __future__ import annotations

from dataclasses import dataclass

from resonance.assistant.plan import Plan
from resonance.assistant.reading.edges import level_of
from resonance.sequencing.curve import Curve, drawn, named

DEFAULT = "arc"
MIDDLE = 0.55  # where it goes from, or comes to, when only one end was said


@dataclass(frozen=True)
class Course:
    """`name` is that of a known curve, "drawn", or "said"; `asked` unless it is the default."""

    name: str
    curve: Curve
    asked: bool


def course(plan: Plan) -> Course:
    """The curve itself, from and to the levels that were said; without one those, else the default."""
    value = plan.first("curve")
    if value is not None and "points" in value:
        return Course("drawn", drawn(value["points"]), True)
    if value is not None:
        return Course(value["name"], _between(named(value["name"]), plan), True)
    first, last = _level(plan, "start", "from"), _level(plan, "end", "to")
    if first is None and last is None:
        return Course(DEFAULT, named(DEFAULT), False)
    ends = [MIDDLE if first is None else first, MIDDLE if last is None else last]
    return Course("said", drawn([[0.0, ends[0]], [1.0, ends[1]]]), True)


def _between(curve: Curve, plan: Plan) -> Curve:
    """ "Start calm, peak in the middle, end soft": the shape, beginning and ending as was said."""
    first, last = _level(plan, "start"), _level(plan, "end")
    if first is None and last is None:
        return curve
    points = [list(point) for point in curve.points]
    points[0][1] = points[0][1] if first is None else first
    points[-1][1] = points[-1][1] if last is None else last
    return drawn(points)


def _level(plan: Plan, *kinds: str) -> float | None:
    for kind in kinds:
        value = plan.first(kind)
        if value is not None:
            level = value.get("level")
            found: float | None = level if level is not None else level_of(value.get("text", ""))
            if found is not None:
                return found
    return None
