"""The bench of tempo and key: how annotations are read and scored."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.ear_agreement import MIREX, key_relation, read_annotations, tempo_relation


def test_annotations_are_found_beside_the_music_and_in_folders_of_their_own(tmp_path: Path) -> None:
    for name, text in {
        "annotations/key/101.LOFI.key": "D# minor\n",
        "annotations/tempo/101.LOFI.bpm": "138.0\n",
        "annotations_v2/tempo/101.LOFI.bpm": "139.5\t69.8\t0.9\n",
        "audio/Albums-Cafe_Paradiso-08.bpm": "Tempo: 128",
        "audio/silent.bpm": "0",
        "audio/odd.key": "unknown",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    truth = read_annotations([tmp_path])
    assert truth.bpm == {"101.LOFI": 139.5, "Albums-Cafe_Paradiso-08": 128.0}
    assert truth.key == {"101.LOFI": "Ebm"}


@pytest.mark.parametrize(
    ("bpm", "true", "kind"),
    [
        *((124.0, 120.0, "same"), (125.0, 120.0, "other"), (60.5, 120.0, "octave"), (240.0, 120.0, "octave")),
        *((40.0, 120.0, "octave"), (90.0, 120.0, "other"), (None, 120.0, "none"), (120.0, None, "none")),
    ],
)
def test_tempi_are_scored_within_four_percent(bpm: float | None, true: float | None, kind: str) -> None:
    assert tempo_relation(bpm, true) == kind


@pytest.mark.parametrize(
    ("found", "true", "weight"),
    [
        *(("Am", "Am", 1.0), ("G", "C", 0.5), ("F", "C", 0.0), ("Am", "C", 0.3), ("C", "Am", 0.3)),
        *(("Cm", "C", 0.2), ("D", "C", 0.0), ("G#m", "Abm", 1.0), (None, "C", 0.0)),
    ],
)
def test_keys_get_the_weights_of_mirex(found: str | None, true: str, weight: float) -> None:
    assert MIREX.get(key_relation(found, true), 0.0) == weight
