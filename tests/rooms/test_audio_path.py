"""Names as facts, and LRC."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resonance.audio import lrc
from resonance.audio.path_facts import PathFacts, from_path


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Artist/Album (1999)/01 - Title.mp3", ("Title", "Artist", "Album", 1, None, 1999)),
        ("Artist/1999 - Album/01. Title.mp3", ("Title", "Artist", "Album", 1, None, 1999)),
        ("Artist - Title.mp3", ("Title", "Artist", None, None, None, None)),
        ("01. Title.mp3", ("Title", None, None, 1, None, None)),
        ("Artist - Album/CD2/07. Title.flac", ("Title", "Artist", "Album", 7, 2, None)),
        ("Artist/Album/Disc 1/03 Title.flac", ("Title", "Artist", "Album", 3, 1, None)),
        ("01 Artist - Title.ogg", ("Title", "Artist", None, 1, None, None)),
        ("Artist/Album/2-05 Title.m4a", ("Title", "Artist", "Album", 5, 2, None)),
        ("Artist/Album/Artist - 04 - Title.mp3", ("Title", "Artist", "Album", 4, None, None)),
        ("Artist/Album/04 - Artist - Title.mp3", ("Title", "Artist", "Album", 4, None, None)),
        ("some_song_name.mp3", ("some song name", None, None, None, None, None)),
        ("Artist/Album/track 05.mp3", ("track 05", "Artist", "Album", 5, None, None)),
        ("Artist/Album/1979.mp3", ("1979", "Artist", "Album", None, None, None)),
        ("Artist/Album/99 Luftballons.mp3", ("Luftballons", "Artist", "Album", 99, None, None)),
        ("Music/Album/Title.mp3", ("Title", None, "Album", None, None, None)),
        ("A/B/C/01 T.mp3", ("T", "B", "C", 1, None, None)),
        (".mp3", (".mp3", None, None, None, None, None)),
    ],
)
def test_paths(path: str, expected: tuple[object, ...]) -> None:
    assert from_path(path) == PathFacts(*expected)  # type: ignore[arg-type]


@given(st.text(max_size=60))
def test_any_path_has_a_title(path: str) -> None:
    assert from_path(path).title


def test_lrc_dialects() -> None:
    text = (
        "\ufeff[ti:Song]\n[00:01.5]<00:01.50>one <00:01.90>two\r\n"
        "[1:02,25] [00:03.123] three\nplain\n[00:05]\n"
    )
    assert lrc.parse(text) == [
        lrc.Line(1_500, "one two"),
        lrc.Line(3_123, "three"),
        lrc.Line(5_000, ""),
        lrc.Line(62_250, "three"),
    ]


def test_lrc_offset_shows_words_earlier() -> None:
    assert lrc.parse("[offset:1000]\n[00:03.00]a\n[00:00.20]b") == [lrc.Line(0, "b"), lrc.Line(2_000, "a")]


def test_plain_text_is_not_synced() -> None:
    assert not lrc.looks_synced("[Chorus]\nla la [00:01.00]")
    assert lrc.looks_synced("[ar:x]\n[00:01.00] la")


@given(
    st.lists(
        st.builds(
            lrc.Line,
            st.integers(0, 500_000).map(lambda n: n * 10),
            st.text("abc ,'!", max_size=20).map(lambda t: " ".join(t.split())),
        ),
        max_size=30,
    )
)
def test_what_is_written_is_read_again(lines: list[lrc.Line]) -> None:
    ordered = sorted(lines, key=lambda line: line.start_ms)
    assert lrc.parse(lrc.write(ordered)) == ordered
