"""Names as facts, and LRC."""

from __future__ import annotations

import time

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
        lrc.Line(1_500, "one two", (lrc.Word(1_500, "one "), lrc.Word(1_900, "two"))),
        lrc.Line(3_123, "three"),
        lrc.Line(5_000, ""),
        lrc.Line(62_250, "three"),
    ]


def test_lrc_words_keep_their_times_and_spaces() -> None:
    text = "[00:12.00] <00:12.04> When  <00:12.16> the <00:12.82>tru<00:13.00>th<00:14.00>"
    (line,) = lrc.parse(text)
    assert line.text == "When the truth" == "".join(word.text for word in line.words)
    assert [(word.start_ms, word.text) for word in line.words] == [
        (12_040, "When "),
        (12_160, "the "),
        (12_820, "tru"),
        (13_000, "th"),
    ]
    assert lrc.write([line]) == "[00:12.00] <00:12.04>When <00:12.16>the <00:12.82>tru<00:13.00>th"
    # What is sung twice has its words' times twice; the offset moves them too.
    first, second = lrc.parse("[offset:-500]\n[00:10.00][01:10.00]a <00:10.50>b")
    assert [word.start_ms for word in first.words] == [10_500, 11_000]
    assert [word.start_ms for word in second.words] == [70_500, 71_000]
    # Times that run backwards are worth nothing, and neither are thousands of them.
    assert lrc.parse("[00:01.00]<00:03.00>a <00:02.00>b") == [lrc.Line(1_000, "a b")]
    assert lrc.parse("[00:01.00]" + "<00:01.00>a" * 1_000) == [lrc.Line(1_000, "a" * 1_000)]
    assert lrc.parse("[00:01.00]<00:02.00>") == [lrc.Line(1_000, "")]


def test_syllables_of_id3_become_lines_with_words() -> None:
    pieces = [
        ("Strang", 325),
        ("ers", 475),
        (" in", 600),
        ("\nthe ", 1_000),
        ("night<b>", 1_500),
        ("\n", 2_000),
    ]
    first, second, last = lrc.of_syllables(pieces)
    assert (first.start_ms, first.text) == (325, "Strangers in")
    assert [word.text for word in first.words] == ["Strang", "ers ", "in"]
    assert (second.start_ms, second.text) == (1_000, "the night<b>")
    assert (last.start_ms, last.text, last.words) == (2_000, "", ())
    assert lrc.of_syllables([("one  line", 10), ("another", 20)]) == [
        lrc.Line(10, "one line"),
        lrc.Line(20, "another"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[00:01.00]" + "a" * 1_000_000,
        "[00:01.00]" + "<00:01.00>a" * 100_000,
        "[00:01.00]" * 100_000 + "x",
        "[00:01.00]x\n" * 100_000,
        "[00:01.00]" + "<" * 1_000_000,
        "[00:01.00]" + "[ " * 500_000,
        "[-00:01.00]x\n\0[00:00.10]\0y\n" * 20_000,
    ],
)
def test_hostile_lrc_is_read_in_bounded_time(text: str) -> None:
    begun = time.process_time()
    assert len(lrc.parse(text)) <= lrc.MAX_LINES
    assert time.process_time() - begun < 3


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
