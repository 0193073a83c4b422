"""Keys: every spelling comes back, the wheel is a wheel."""

# ruff: noqa: E501 - tables
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resonance.model import camelot

keys = st.sampled_from(camelot.KEYS)
SPELLED: list[tuple[str, str]] = [
    ("C", "8B"), ("Cm", "5A"), ("C minor", "5A"), ("C Minor", "5A"), ("Cmin", "5A"), ("c#m", "12A"), ("Db", "3B"),
    ("F♯", "2B"), ("F♯m", "11A"), ("Bbm", "3A"), ("B♭ minor", "3A"), ("bbm", "3A"), ("bm", "10A"), ("BbM", "6B"),
    ("CM", "8B"), ("Cmaj", "8B"), ("CMAJ", "8B"), ("C Maj", "8B"), ("AMin", "8A"), ("A min.", "8A"), ("C sharp minor", "12A"),
    ("C-sharp minor", "12A"), ("D flat major", "3B"), ("E-flat", "5B"), ("Cb", "1B"), ("E#m", "4A"), ("B#", "8B"),
    ("8A", "8A"), ("08A", "8A"), ("8a", "8A"), ("12B", "12B"), ("1m", "8A"), ("1d", "8B"), ("01d", "8B"), ("12D", "7B"),
    ("5m", "12A"), ("A-Moll", "8A"), ("a-moll", "8A"), ("Gis-Moll", "1A"), ("gis moll", "1A"), ("H-Dur", "1B"),
    ("h-Moll", "10A"), ("B-Dur", "6B"), ("b-Moll", "3A"), ("Es-Dur", "5B"), ("As-Dur", "4B"), ("Fis", "2B"), ("Dism", "2A"),
    ("La mineur", "8A"), ("Ré majeur", "10B"), ("Fa dièse mineur", "11A"), ("Si bémol majeur", "6B"), ("Sol maggiore", "9B"),
    ("mi menor", "9A"), ("A:min", "8A"), ("Eb:maj", "5B"), ("A_minor", "8A"), ("D dorian", "7A"), ("G Mixolydian", "9B"),
    ("A harmonic minor", "8A"), ("Ador", "8A"), ("D#/Eb min", "2A"), ("G♯/A♭ Maj", "4B"), ("G#m/Abm", "1A"),
    ("8A - Am", "8A"), ("8A/Am", "8A"), ("Am (8A)", "8A"), ("Am 8A", "8A"), ("8A Am", "8A"), (" F#m\0", "11A"), ("Ｃ＃ｍ", "12A"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place"), SPELLED)
def test_a_tagged_spelling_is_understood(text: str, place: str) -> None:
    key = camelot.parse(text)
    assert key is not None
    assert camelot.camelot(key) == place


@pytest.mark.parametrize(
    "text",
    [None, "", " ", "o", "O", "Off", "all", "Atonal", "c", "bb", "as", "0A", "13A", "8C", "8", "m", "128", "Am/C", "8A/9A", "Am - 7",
     "C7", "I", "Bob", "A long way", "C##", "8Am", "Fisb", "Locrian", "unknown", "-", "/", "Am/", "♯"],
)  # fmt: skip
def test_what_names_no_single_key_is_none(text: str | None) -> None:
    assert camelot.parse(text) is None


@given(keys)
def test_every_spelling_of_ours_comes_back(key: camelot.Key) -> None:
    for spell in (camelot.name, camelot.long_name, camelot.camelot, camelot.open_key):
        assert camelot.parse(spell(key)) == key
        assert camelot.parse(f"  {spell(key)} ") == key
    assert camelot.parse(f"{camelot.camelot(key)} - {camelot.name(key)}") == key


def test_all_places_of_the_wheel_are_taken_once() -> None:
    assert {camelot.camelot(key) for key in camelot.KEYS} == {f"{n}{ab}" for n in range(1, 13) for ab in "AB"}
    assert {camelot.open_key(key) for key in camelot.KEYS} == {
        f"{n}{md}" for n in range(1, 13) for md in "md"
    }
    known = {(9, "minor"): "8A 1m", (0, "major"): "8B 1d", (7, "major"): "9B 2d", (4, "minor"): "9A 2m",
             (5, "major"): "7B 12d", (8, "minor"): "1A 6m", (1, "major"): "3B 8d"}  # fmt: skip
    assert {key: f"{camelot.camelot(key)} {camelot.open_key(key)}" for key in known} == known


@given(keys, keys)
def test_relations_mirror(a: camelot.Key, b: camelot.Key) -> None:
    there, back = camelot.relation(a, b), camelot.relation(b, a)
    mirrored = {"up_one": "down_one", "down_one": "up_one", "energy_boost": "none"}
    assert back == mirrored.get(there, there) or (there, back) == ("none", "energy_boost")
    assert (there == "same") == (a == b)
    assert (b in camelot.compatible_with(a)) == (there in ("same", "relative", "up_one", "down_one"))
    assert (b in camelot.compatible_with(a)) == (a in camelot.compatible_with(b))


@given(keys)
def test_each_key_has_so_many_of_each_relation(a: camelot.Key) -> None:
    all_of = [camelot.relation(a, b) for b in camelot.KEYS]
    counted = {kind: all_of.count(kind) for kind in set(all_of)}
    assert counted == {
        "same": 1, "relative": 1, "up_one": 1, "down_one": 1, "diagonal": 2, "energy_boost": 2, "none": 16,
    }  # fmt: skip
    assert len(camelot.compatible_with(a)) == 4


@given(keys, keys, st.integers(0, 11))
def test_transposing_both_keeps_the_relation(a: camelot.Key, b: camelot.Key, by: int) -> None:
    def moved(key: camelot.Key) -> camelot.Key:
        return (key[0] + by) % 12, key[1]

    assert camelot.relation(moved(a), moved(b)) == camelot.relation(a, b)
    assert {moved(key) for key in camelot.compatible_with(a)} == camelot.compatible_with(moved(a))


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [("8A", "8A", "same"), ("8A", "8B", "relative"), ("8A", "9A", "up_one"), ("1A", "12A", "down_one"), ("8A", "7B", "diagonal"),
     ("8B", "9A", "diagonal"), ("8A", "3A", "energy_boost"), ("Am", "Bm", "energy_boost"), ("Am", "Bbm", "energy_boost"),
     ("C", "Cm", "none"), ("Am", "Gm", "none")],
)  # fmt: skip
def test_relations_as_djs_name_them(a: str, b: str, kind: str) -> None:
    first, second = camelot.parse(a), camelot.parse(b)
    assert first is not None and second is not None
    assert camelot.relation(first, second) == kind


@given(st.text(max_size=20))
def test_any_text_is_a_key_or_none(text: str) -> None:
    assert camelot.parse(text) in (*camelot.KEYS, None)


@pytest.mark.parametrize("key", [(12, "major"), (-1, "minor"), (0, "dorian")])
def test_what_is_no_key_is_refused(key: camelot.Key) -> None:
    with pytest.raises(ValueError, match="no key"):
        camelot.camelot(key)
