"""One space in memory: its vectors as bytes, and which track each is of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from resonance.search.vectors import store
from resonance.search.vectors.comparing import Standard, compared
from resonance.search.vectors.facets import Ids, Mask, Places, packed
from resonance.search.vectors.ports import STANDARDISED, Space

if TYPE_CHECKING:
    from resonance.adapters.int8_scan import Int8Rows
    from resonance.db.engine import UnitOfWork
    from resonance.search.vectors.ports import Vector

DEAD_SHARE = 0.25  # from here on the rows that were replaced are worth loading all anew
GROWTH = 1.1  # from here on the statistics of a library are another library's


@dataclass(frozen=True)
class Matrix:
    """Rows in the order of writing. Never changes; `newer` gives the next one."""

    space: Space
    standard: Standard | None
    rows: Int8Rows
    ids: Ids
    alive: Mask  # the others were replaced, or have no direction
    changed: int  # the counter of the newest row
    removals: int

    def where(self, wanted: Ids) -> Places:
        """The newest row of each id; -1 where there is none."""
        if not len(self.ids):
            return np.full(len(wanted), -1, dtype=np.int32)
        order = np.argsort(self.ids, kind="stable")
        ordered = self.ids[order]
        last = np.searchsorted(ordered, wanted, side="right") - 1
        return np.where((last >= 0) & (ordered[last] == wanted), order[last], -1).astype(np.int32)

    def passing(self, mask: Mask | None, held: Places) -> Mask:
        """Which rows are of present tracks that pass; `held` are the places of the rows among the facets."""
        here: Mask = self.alive & (held >= 0)
        if mask is not None and len(mask):
            here &= mask[held]
        return here


def load(uow: UnitOfWork, space: Space, removals: int) -> Matrix:
    """Read a whole space, holding little of it as floats."""
    from resonance.adapters.int8_scan import Int8Rows  # faiss: 30 MB that an idle server does without

    standard = None
    if space.name in STANDARDISED:
        standard = Standard.of((block.raw for block in store.blocks(uow, space)), space.dimensions)
    ids: list[Ids] = [np.empty(0, "S22")]
    alive: list[Mask] = [np.empty(0, bool)]
    changed = -1

    def parts() -> Iterator[Vector]:
        nonlocal changed
        for block in store.blocks(uow, space):
            vectors = compared(block.raw, standard)
            ids.append(packed(block.track_ids))
            alive.append(np.asarray(vectors.any(axis=1)))
            changed = block.changed
            yield vectors

    rows = Int8Rows.of(parts())
    return Matrix(space, standard, rows, np.concatenate(ids), np.concatenate(alive), changed, removals)


def newer(uow: UnitOfWork, old: Matrix) -> Matrix | None:
    """The matrix with what was written since; None when it should rather be loaded anew."""
    made = old
    limit = max(len(old.ids) // 4, 4096)
    for block in store.blocks(uow, old.space, old.changed):
        limit -= len(block.track_ids)
        if limit < 0:
            return None
        vectors, ids = compared(block.raw, made.standard), packed(block.track_ids)
        alive = made.alive.copy()
        replaced = made.where(ids)
        alive[replaced[replaced >= 0]] = False
        made = Matrix(
            *(made.space, made.standard, made.rows.plus(vectors)),
            np.concatenate([made.ids, ids]),
            np.concatenate([alive, vectors.any(axis=1)]),
            *(block.changed, made.removals),
        )
    living = int(made.alive.sum())
    if len(made.ids) - living > max(DEAD_SHARE * len(made.ids), 1024):
        return None
    if made.standard and not made.standard.tracks / GROWTH <= living <= made.standard.tracks * GROWTH:
        return None
    return made
