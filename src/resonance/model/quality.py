"""Which of several files of one track sounds best: one answer for lists, streams, analysis, every surface."""

from __future__ import annotations

LOSSLESS = frozenset({"flac", "alac", "pcm", "wavpack", "ape", "tta", "monkeys audio"})


def soundness(
    codec: str, bit_rate_kbps: int | None, sample_rate_hz: int | None, bit_depth: int | None
) -> tuple[bool, int, int, int]:
    """Orders files: the best sounding one is the largest; of equal ones take the smallest carrier id."""
    return codec in LOSSLESS, bit_depth or 0, sample_rate_hz or 0, bit_rate_kbps or 0
