"""Ids, folding, paging, redaction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resonance.core import ids, logs, paging, text
from resonance.core.clock import iso
from resonance.core.errors import Invalid


def test_ids_are_22_characters_without_dashes() -> None:
    made = {ids.new_id() for _ in range(500)}
    assert len(made) == 500
    assert all(ids.is_id(one) for one in made)


def test_hashed_ids_depend_on_every_part_and_its_border() -> None:
    assert ids.hashed_id("a", "b") == ids.hashed_id("a", "b")
    assert len({ids.hashed_id("a", "b"), ids.hashed_id("ab"), ids.hashed_id("b", "a")}) == 3


@pytest.mark.parametrize("bad", ["", "a" * 21, "a" * 23, "a-" * 11, "ä" * 22, "a" * 21 + "\n"])
def test_other_texts_are_no_ids(bad: str) -> None:
    assert not ids.is_id(bad)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Björk", "bjork"),
        ("BJO\u0308RK", "bjork"),
        ("Sigur Rós", "sigur ros"),
        ("AC/DC", "ac dc"),
        ("ＦＵＬＬ　width", "full width"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("東京事変", "東京事変"),
        ("ﾎﾟｯﾌﾟ", "ポップ"),
        ("हिन्दी", "हिन्दी"),
        ("한국어", "한국어"),
        ("!!!", ""),
        ("  a__b  ", "a b"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert text.fold(name) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    once = text.fold(name)
    assert text.fold(once) == once


def test_articles_are_ignored_in_sorting_but_never_eat_the_name() -> None:
    articles = ("the", "die")
    assert text.sort_key("The Beatles", articles) == "beatles"
    assert text.sort_key("The The", articles) == "the"
    assert text.sort_key("The", articles) == "the"
    assert text.sort_key("!!!", articles) == "!!!"


@pytest.mark.parametrize(("key", "letter"), [("beatles", "B"), ("2pac", "#"), ("東京", "#"), ("", "#")])
def test_index_letters(key: str, letter: str) -> None:
    assert text.index_letter(key) == letter


@given(
    st.lists(st.one_of(st.none(), st.text(max_size=30), st.integers(-(2**53), 2**53)), min_size=1, max_size=4)
)
def test_cursors_come_back_whole(keys: list[str | int | None]) -> None:
    assert paging.decode_cursor(paging.encode_cursor(*keys), len(keys)) == keys


@pytest.mark.parametrize("cursor", ["", "x", "%%%", "bnVsbA", "e30", "W3t9XQ", "ä"])
def test_foreign_cursors_are_refused(cursor: str) -> None:
    with pytest.raises(Invalid):
        paging.decode_cursor(cursor, 1)


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        (
            "GET /rest/ping?u=ada&t=26719a1196d2a940705a59634eb18eab&s=c19b2d",
            "26719a1196d2a940705a59634eb18eab",
        ),
        ("GET /rest/ping?u=ada&p=enc:736573616d65", "736573616d65"),
        ("GET /rest/ping?apiKey=rsk_abcdef&v=1", "rsk_abcdef"),
        ("Authorization: Bearer abc.def.ghi", "abc.def.ghi"),
        ("postgresql://music:hunter2@db/resonance", "hunter2"),
    ],
)
def test_secrets_are_taken_out_of_texts(line: str, secret: str) -> None:
    cleaned = logs.redact(line)
    assert secret not in cleaned
    assert "[redacted]" in cleaned


def test_times_are_utc_with_milliseconds() -> None:
    assert iso(0) == "1970-01-01T00:00:00.000Z"
    assert iso(1_700_000_000_123) == "2023-11-14T22:13:20.123Z"
