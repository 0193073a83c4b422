"""Candidates of whatever index, put in order by the vectors that the table holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from resonance.search.vectors import store
from resonance.search.vectors.comparing import Standard, compared
from resonance.search.vectors.ports import Hit, Space

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.search.vectors.ports import Vector

# Candidates for each wanted hit, and at least so many more: an index may order neighbours wrongly.
SPARE, LEAST = 2, 50


def enough(k: int) -> int:
    """How many candidates hold the true `k` nearest."""
    return max(SPARE * k, k + LEAST)


def best(
    uow: UnitOfWork,
    space: Space,
    standard: Standard | None,
    queries: Vector,
    candidates: list[list[str]],
    k: int,
) -> list[list[Hit]]:
    """The hits of each query, of unit length, among its candidates. Ties go by id."""
    raw = store.fetch(uow, space, list(dict.fromkeys(id_ for own in candidates for id_ in own)))
    found: list[list[Hit]] = []
    for query, own in zip(queries, candidates, strict=True):
        ids = sorted(id_ for id_ in own if id_ in raw)
        if not ids or not query.any():
            found.append([])
            continue
        rows = compared(np.stack([raw[id_] for id_ in ids]), standard)
        alive = np.flatnonzero(rows.any(axis=1))
        ids = [ids[at] for at in alive]
        scores = np.clip(rows[alive] @ query, -1.0, 1.0)
        order = np.argsort(-scores, kind="stable")[:k]
        found.append([Hit(ids[at], float(scores[at])) for at in order])
    return found
