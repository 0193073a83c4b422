"""Essentia as a second opinion: same schema, its own name, and nothing of it where it is not installed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from resonance.audio.ear import essentia_ear, versions
from resonance.audio.ear.analyse import quick
from resonance.audio.ear.features import Features, Unanalysable
from resonance.audio.ear.key import NO_KEY
from tests.fixtures import key_signals
from tests.fixtures.key_signals import Piece, play
from tests.rooms.ear_kit import song, write

RATE = 22_050
ROOT = Path(__file__).resolve().parents[2]
installed = pytest.mark.skipif(not versions.essentia_installed(), reason="Essentia is not installed")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("essentia") / "song.flac", song(bpm=124.0), 44_100)


@installed
@pytest.mark.parametrize(("tonic", "progression", "mode"), [(9, "i-iv-V", "minor"), (3, "I-IV-V", "major")])
def test_its_key_comes_in_our_record(tonic: int, progression: str, mode: str) -> None:
    found = essentia_ear.estimate_key(play(Piece(tonic, progression)))
    assert (found.key_tonic, found.key_mode) == (tonic, mode)
    assert 0.3 < found.key_strength <= 1
    assert found.key_alt not in (None, (tonic, mode))
    assert found.tuning_cents == pytest.approx(0, abs=2)


@installed
def test_what_has_no_key_or_tempo_gets_none() -> None:
    for sound in (np.zeros(20 * RATE, np.float32), 0.1 * key_signals.noise(20), np.zeros(10, np.float32)):
        assert essentia_ear.estimate_key(sound) == NO_KEY
        assert essentia_ear.estimate_tempo(sound).bpm_confidence < 0.3
    assert essentia_ear.danceability(np.zeros(20 * RATE, np.float32), RATE) in (None, 0.0)


@installed
def test_its_tempo_gets_our_octave_and_precision() -> None:
    drums = key_signals.drums(40, bpm=126.0)
    raw, found = essentia_ear.percival(drums, RATE), essentia_ear.estimate_tempo(drums)
    assert raw is not None and found.bpm is not None
    assert min(abs(raw * by / 126 - 1) for by in (0.5, 1, 2)) < 0.04
    assert min(abs(found.bpm * by / 126 - 1) for by in (0.5, 1, 2)) < 0.002


@installed
def test_a_second_opinion_keeps_the_rest_of_the_facts(file: Path) -> None:
    own = quick(file)
    both = essentia_ear.second_opinion(file, own)
    assert (both.analyser, own.analyser) == ("essentia", versions.ANALYSER)
    assert both.groups == own.groups
    assert (both.key_tonic, both.key_mode) == (own.key_tonic, own.key_mode) == (9, "minor")
    assert both.bpm is not None and own.bpm is not None
    assert both.danceability is not None and 0 <= both.danceability <= 1
    theirs = {*versions.GROUPS["tempo"], *versions.GROUPS["key"], "danceability", "analyser"}
    for name in Features.__struct_fields__:
        if name not in theirs:
            assert np.array_equal(getattr(both, name), getattr(own, name)), name


@installed
def test_only_measured_groups_are_judged(file: Path) -> None:
    own = quick(file, ["key"])
    both = essentia_ear.second_opinion(file, own)
    assert both.groups == {"key"} and both.bpm is None and both.danceability is None


@installed
def test_a_file_without_sound_is_a_fault(tmp_path: Path) -> None:
    broken = tmp_path / "broken.flac"
    broken.write_bytes(b"no music at all")
    with pytest.raises(Unanalysable):
        essentia_ear.second_opinion(broken, Features())


def test_it_is_not_offered_where_it_is_not_installed() -> None:
    say = (
        "import importlib.util as finder; found = finder.find_spec\n"
        "finder.find_spec = lambda name, *more: None if name == 'essentia' else found(name, *more)\n"
        "from resonance.audio.ear import essentia_ear, versions\n"
        "print(versions.essentia_installed())"
    )
    done = subprocess.run([sys.executable, "-c", say], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_nothing_else_imports_it_nor_does_its_module_at_start() -> None:
    importing = [
        path.name
        for path in (ROOT / "src").rglob("*.py")
        if re.search(r"^\s*(import|from) essentia\b", path.read_text(), re.MULTILINE)
    ]
    assert importing == ["essentia_ear.py"]
    say = (
        "import sys; from resonance.audio.ear import essentia_ear, versions\n"
        "versions.essentia_installed(); print('essentia' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", say], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
