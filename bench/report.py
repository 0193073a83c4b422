"""The table at the end: each measure beside its peer and its goal."""

from __future__ import annotations

import statistics
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on our figure, or, with `ratio`, on ours divided by the peer's."""

    limit: float
    ratio: bool = False
    at_least: bool = False

    def met(self, ours: float, peer: float | None) -> bool | None:
        """None: the peer it is measured against did not run."""
        if not self.ratio:
            value = ours
        elif peer:
            value = ours / peer
        else:
            return None
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self) -> str:
        return f"{'>=' if self.at_least else '<='} {self.limit:g}{'x' if self.ratio else ''}"


@dataclass(frozen=True, slots=True)
class Row:
    """One measure. `met` is None where there is no goal, or nothing to measure against."""

    measure: str
    unit: str
    ours: float
    peer_name: str = ""
    peer: float | None = None
    goal: Goal | None = None

    @property
    def met(self) -> bool | None:
        return self.goal.met(self.ours, self.peer) if self.goal else None

    def cells(self) -> tuple[str, ...]:
        ratio = f"{self.ours / self.peer:.2f}x" if self.peer else "-"
        peer = f"{self.peer_name} {_figure(self.peer)}" if self.peer is not None else "-"
        verdict = {True: "met", False: "MISSED", None: "not judged" if self.goal else "-"}[self.met]
        return (
            f"{self.measure}, {self.unit}",
            _figure(self.ours),
            peer,
            ratio,
            str(self.goal or "-"),
            verdict,
        )


def _figure(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def table(rows: list[Row]) -> str:
    """Markdown, aligned."""
    cells = [("measure", "ours", "peer", "ratio", "goal", ""), *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(6)]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) + " |"
        for line in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def percentile(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def median(values: list[float]) -> float:
    return statistics.median(values)
