"""Rows of unit length as one byte a number, scanned whole by faiss: a fourth of the memory, and no index to
build or to miss a neighbour. What it finds is a choice of candidates for an exact comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import faiss as typed_faiss
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Places = NDArray[np.int64]

SEGMENT = 16_384  # rows; as float32 of 384 numbers 25 MB, which is what loading needs beside the bytes

# Its stubs are those of the generated layer, which takes addresses instead of arrays.
faiss: Any = typed_faiss

# A query is one thread: several at once are the server's, and waking OpenMP's costs more than it saves.
faiss.omp_set_num_threads(1)


@dataclass(frozen=True)
class _Segment:
    """Rows of bytes with a step for each dimension, which queries are multiplied by instead of the rows."""

    scan: Any
    step: Floats

    @classmethod
    def of(cls, rows: Floats) -> _Segment:
        step = np.maximum(np.abs(rows).max(axis=0), 1e-9).astype(np.float32) / 127
        scan = faiss.IndexScalarQuantizer(
            rows.shape[1], faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT
        )
        for start in range(0, len(rows), 1024):  # as floats they are four times as large
            whole = np.rint(rows[start : start + 1024] / step) + 128
            scan.add_sa_codes(whole.astype(np.uint8))
        return cls(scan, step)

    def __len__(self) -> int:
        return int(self.scan.ntotal)

    def rows(self) -> Floats:
        decoded: Floats = self.scan.reconstruct_n(0, len(self)) * self.step
        return decoded

    def best(self, queries: Floats, k: int, passing: Mask | None) -> tuple[Floats, Places]:
        asked, k = queries * self.step, min(k, len(self))
        # faiss multiplies whole numbers of a byte: the query's are as large as they can be.
        unit = np.maximum(np.abs(asked).max(axis=1, keepdims=True), 1e-30) / 127
        only = None
        if passing is not None:
            bits = np.packbits(passing, bitorder="little")
            only = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))
        score, place = self.scan.search(np.rint(asked / unit), k, params=only)
        return score * unit, place


@dataclass(frozen=True)
class Int8Rows:
    """Rows in the order they came. Never changes: `plus` gives another one that shares the segments."""

    segments: tuple[_Segment, ...] = ()

    @classmethod
    def of(cls, parts: Iterator[Floats]) -> Int8Rows:
        """From a stream of rows, of which no more than a segment is held."""
        made: list[_Segment] = []
        room = np.empty((0, 0), dtype=np.float32)
        filled = 0
        for part in parts:
            if not room.size:
                room = np.empty((SEGMENT, part.shape[1]), dtype=np.float32)
            for start in range(0, len(part), SEGMENT):
                some = part[start : start + SEGMENT]
                if filled + len(some) > SEGMENT:
                    made.append(_Segment.of(room[:filled]))
                    filled = 0
                room[filled : filled + len(some)] = some
                filled += len(some)
        if filled:
            made.append(_Segment.of(room[:filled]))
        return cls(tuple(made))

    def plus(self, rows: Floats) -> Int8Rows:
        """With more rows at the end. Small segments are joined, so that there are never many."""
        segments = [*self.segments, _Segment.of(rows)]
        while len(segments) > 1 and len(segments[-2]) <= min(2 * len(segments[-1]), SEGMENT // 2):
            last, before = segments.pop(), segments.pop()
            segments.append(_Segment.of(np.concatenate([before.rows(), last.rows()])))
        return Int8Rows(tuple(segments))

    def __len__(self) -> int:
        return sum(map(len, self.segments))

    def best(self, queries: Floats, k: int, passing: Mask | None) -> Places:
        """The `k` rows with the largest product, (queries, up to k), best first; -1 where there are fewer.

        `passing` says for each row whether it may be chosen; None: all.
        """
        scores, places, start = [], [], 0
        for segment in self.segments:
            end = start + len(segment)
            own = None if passing is None else passing[start:end]
            if own is None or own.any():
                score, place = segment.best(queries, k, own)
                scores.append(score)
                places.append(np.where(place < 0, -1, place + start))
            start = end
        if not places:
            return np.empty((len(queries), 0), dtype=np.int64)
        score, place = np.concatenate(scores, axis=1), np.concatenate(places, axis=1)
        score[place < 0] = -np.inf
        order = np.argsort(-score, axis=1, kind="stable")[:, :k]
        return np.take_along_axis(place, order, axis=1)
