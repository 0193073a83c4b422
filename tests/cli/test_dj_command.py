"""`resonance dj order` as a process: files in, an order out, a sentence for each mistake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TRACKS: list[dict[str, Any]] = [
    {"id": "a", "title": "Öne", "artist": "x", "bpm": 120, "camelot": "8A", "energy": 0.1, "duration_s": 200},
    {"id": "b", "artist": "y", "bpm": 121.5, "camelot": "8B", "energy": 0.5, "duration_s": 210},
    {"id": 3, "artist": "x", "bpm": 122, "camelot": "09b", "energy": 0.9, "duration_s": 220},
    {"id": "d"},
]


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "resonance", "dj", "order", *arguments],
        input=stdin,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_an_order_as_json_and_as_a_list(tmp_path: Path) -> None:
    source = tmp_path / "pool.json"
    source.write_text(json.dumps({"tracks": TRACKS}), "utf-8")
    curve = tmp_path / "curve.json"
    curve.write_text("[[0, 0.1], [1, 0.9]]")
    asked = run("--input", str(source), "--json", "--curve", str(curve), "--pin-last", "3", "--seed", "5")
    assert asked.returncode == 0, asked.stderr
    found = json.loads(asked.stdout)
    assert sorted(found["order"]) == ["3", "a", "b", "d"] and found["order"][-1] == "3"
    assert found["exact"] and found["reproducible"] and len(found["joints"]) == 3
    assert {joint["compatible"] for joint in found["joints"]} <= {True, False, None}
    listed = run("--input", "-", "--pick", "2", "--pin-first", "a", stdin=json.dumps(TRACKS))
    assert listed.returncode == 0 and "x - Öne" in listed.stdout.splitlines()[1]


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        ("{", (), "no JSON"),
        ("\ud83d".encode("utf-8", "surrogatepass").decode("latin-1"), (), "no JSON"),
        ("", (), "is empty"),
        ("[" * 100_000, (), "no JSON"),
        ("3", (), "list of tracks"),
        ("[]", (), "no tracks"),
        ("[3]", (), "Track 1 is no object"),
        ('[{"artist": "x"}]', (), "Track 1 has no id"),
        ('[{"id": "a", "bpm": "fast"}]', (), "bpm of track 'a'"),
        ('[{"id": "a", "bpm": NaN}]', (), "bpm of track 'a'"),
        ('[{"id": "a", "bpm": 0}]', (), "bpm of 'a' is 0"),
        (f'[{{"id": "a", "bpm": 1{"0" * 400}}}]', (), "bpm of track 'a' is no number: 1000"),
        ('[{"id": "a", "duration_s": -5}]', (), "duration_s of 'a' is -5"),
        ('[{"id": "\\ud800"}]', (), "The id of track 1 is no text: '\\ud800'"),
        ('[{"id": "a", "artist": "\\udc00"}]', (), "artist of track 'a'"),
        ('[{"id": "a", "vector": [1]}, {"id": "b", "vector": [1, 2]}]', (), "vectors differ in length"),
        ('[{"id": "a", "vector": []}]', (), "vector of 'a' is empty"),
        (json.dumps([{"id": str(number)} for number in range(10_000)]), (), "at most 2000 tracks"),
        ('[{"id": "a", "energy": 7}]', (), "energy of 'a'"),
        ('[{"id": "a", "camelot": "13A"}]', (), "camelot of track 'a'"),
        ('[{"id": "a", "camelot": "13C"}]', (), "no key (1A to 12B, or a name): '13C'"),
        ('[{"id": "a", "vector": [1, "x"]}]', (), "vector of track 'a'"),
        ('[{"id": "a", "artist": 4}]', (), "artist of track 'a'"),
        ('[{"id": "a"}, {"id": "a"}]', (), "there twice"),
        ('[{"id": "a"}]', ("--pick", "2"), "can be picked"),
        ('[{"id": "a"}]', ("--minutes", "nan"), "minutes are between"),
        ('[{"id": "a"}]', ("--minutes", "3"), "length of no track"),
        ('[{"id": "a"}]', ("--curve", "zigzag"), "no curve 'zigzag'"),
        ('[{"id": "a"}]', ("--pin-first", "b"), "'b' is not in the pool"),
        ('[{"id": "a"}]', ("--pin-first", "a", "--pin-last", "a"), "both first and last"),
    ],
)
def test_mistakes_are_said_in_a_line(text: str, arguments: tuple[str, ...], said: str) -> None:
    asked = run("--input", "-", *arguments, stdin=text)
    assert asked.returncode == 2 and asked.stdout == ""
    assert said in asked.stderr and len(asked.stderr.splitlines()) == 1


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    asked = run("--input", str(tmp_path / "none.json"))
    assert asked.returncode == 3 and "no file" in asked.stderr


def test_less_than_one_cannot_be_picked() -> None:
    asked = run("--input", "-", "--pick", "0", stdin='[{"id": "a"}]')
    assert asked.returncode == 2 and asked.stdout == "" and "--pick" in asked.stderr
    assert "Traceback" not in asked.stderr


def test_half_a_letter_in_a_title_is_left_out() -> None:
    asked = run("--input", "-", stdin='[{"id": "a", "title": "\\ud83d"}, {"id": "b"}]')
    assert asked.returncode == 0 and "a" in asked.stdout, asked.stderr
