"""The text form of rules: what is typed, what is written, where a fault lies."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resonance.rules.fields import FIELDS
from resonance.rules.text import TextError, parse, write
from resonance.rules.tree import All, Any, Condition, Like, Limit, Near, Not, Rule, Sort, from_json, to_json
from resonance.rules.values import word_node
from tests.rooms.rules_kit import nodes, rules

JAZZ = Condition("genre", "is", "jazz")


@settings(max_examples=150, deadline=None)
@given(rule=rules)
def test_what_is_written_is_read_again(rule: Rule) -> None:
    assert parse(write(rule)) == rule
    assert from_json(to_json(rule)) == rule


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.sampled_from('abgenre:jzlike()"\\-!*~<>=.,0189 ORNT@/ä\n'), max_size=40))
def test_anything_typed_is_a_rule_or_a_fault_with_a_place(text: str) -> None:
    try:
        rule = parse(text)
    except TextError as fault:
        assert 0 <= fault.position <= len(text)
    else:
        assert parse(write(rule)) == rule


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Rule()),
        ("genre:jazz", Rule(All((JAZZ,)))),
        ('genre:"acid jazz"', Rule(All((Condition("genre", "is", "acid jazz"),)))),
        ("genre:!jazz", Rule(All((Condition("genre", "is_not", "jazz"),)))),
        ("-genre:jazz", Rule(All((Not(JAZZ),)))),
        ("NOT genre:jazz", Rule(All((Not(JAZZ),)))),
        ("title:*love*", Rule(All((Condition("title", "contains", "love"),)))),
        ('title:"*"', Rule(All((Condition("title", "is", "*"),)))),
        ("title:love*", Rule(All((Condition("title", "starts_with", "love"),)))),
        ("title:~love", Rule(All((Condition("title", "has_words", "love"),)))),
        ("comment:none", Rule(All((Condition("comment", "missing"),)))),
        ('comment:"none"', Rule(All((Condition("comment", "is", "none"),)))),
        ("bpm:80..110", Rule(All((Condition("bpm", "between", (80, 110)),)))),
        ("bpm>=120", Rule(All((Condition("bpm", "at_least", 120),)))),
        ("bpm:120..", Rule(All((Condition("bpm", "at_least", 120),)))),
        ("year:..1979", Rule(All((Condition("year", "at_most", 1979),)))),
        ("gain_track:-3..-0.5", Rule(All((Condition("gain_track", "between", (-3, -0.5)),)))),
        ("duration:3:30..1:00:00", Rule(All((Condition("duration", "between", (210, 3600)),)))),
        ("length<5m", Rule(All((Condition("duration", "less", 300),)))),
        ("size>20mb", Rule(All((Condition("size", "greater", 20_000_000),)))),
        ("added:<30d", Rule(All((Condition("added", "in_last", 30),)))),
        ("lastPlayed:>2y", Rule(All((Condition("last_played", "not_in_last", 730),)))),
        ("added:2024", Rule(All((Condition("added", "between", ("2024-01-01", "2024-12-31")),)))),
        ("added:2024-02..2024-02", Rule(All((Condition("added", "between", ("2024-02-01", "2024-02-29")),)))),
        ("added:>=2024", Rule(All((Condition("added", "after", "2023-12-31"),)))),
        ("added:..2024-05-01", Rule(All((Condition("added", "before", "2024-05-02"),)))),
        ("liked:yes", Rule(All((Condition("liked", "is", True),)))),
        ("key:Am", Rule(All((Condition("key", "is", "8A"),)))),
        ("key:8A~1", Rule(All((Condition("key", "near", Near("8A", 1)),)))),
        ('key:"F sharp minor"~2', Rule(All((Condition("key", "near", Near("11A", 2)),)))),
        ("mood:happy", Rule(All((Condition("mood_happy", "at_least", 0.5),)))),
        ("mood:sad<=0.2", Rule(All((Condition("mood_sad", "at_most", 0.2),)))),
        (
            'like:"late night dub"',
            Rule(All((Condition("sounds_like", "is", Like("text", "late night dub", 0.5)),))),
        ),
        ("like:track/abc@0.9", Rule(All((Condition("sounds_like", "is", Like("track", "abc", 0.9)),)))),
        ("playlist:!abc", Rule(All((Condition("playlist", "not_in", "abc"),)))),
        ("live", Rule(All((word_node("live"),)))),
        ("genre:jazz AND live", Rule(All((JAZZ, word_node("live"))))),
        ("genre:jazz OR live", Rule(Any((JAZZ, word_node("live"))))),
        (
            "genre:jazz liked:no OR live",
            Rule(Any((All((JAZZ, Condition("liked", "is", False))), word_node("live")))),
        ),
        ("(genre:jazz OR live) -live", Rule(All((Any((JAZZ, word_node("live"))), Not(word_node("live")))))),
        ("sort:-year,title sort:random", Rule(sort=(Sort("year", True), Sort("title"), Sort("random")))),
        ("limit:50 seed:7", Rule(limit=Limit("tracks", 50), seed=7)),
        ("limit:90min", Rule(limit=Limit("minutes", 90))),
        ("limit:1.5h", Rule(limit=Limit("minutes", 90))),
        ("limit:700mb", Rule(limit=Limit("megabytes", 700))),
        (
            "genre:jazz bpm:80..110 -live added:<30d",
            Rule(
                All(
                    (
                        *(JAZZ, Condition("bpm", "between", (80, 110)), Not(word_node("live"))),
                        Condition("added", "in_last", 30),
                    )
                )
            ),
        ),
    ],
)
def test_typed(typed: str, meant: Rule) -> None:
    assert parse(typed) == meant
    assert parse(write(meant)) == meant


@pytest.mark.parametrize(
    ("typed", "place", "says"),
    [
        ("genre:jazz artits:x", 11, "Did you mean artist?"),
        ("sort:yaer", 5, "Did you mean year?"),
        ("bmp:80", 0, "Did you mean bpm?"),
        ("mood:hapy", 5, "Did you mean happy?"),
        ("bpm:fast", 4, "bpm is a number"),
        ("bpm:90..80", 4, "must not be above"),
        ("added:yesterday", 6, "2024-12-31"),
        ("added:2023-02-29", 6, "2024-12-31"),
        ("key:13A", 4, "key"),
        ("liked:maybe", 6, "yes or no"),
        ("genre:", 6, "followed by"),
        ("(genre:jazz", 0, "never closed"),
        ("genre:jazz)", 10, "too many"),
        ("()", 0, "nothing in this bracket"),
        ('title:"live', 6, "never closed"),
        ("OR live", 0, "between two"),
        ("live OR", 5, "between two"),
        ("live -", 5, "missing"),
        ("(limit:5)", 1, "outside of brackets"),
        ("limit:5 limit:6", 8, "two limits"),
        ("limit:ten", 6, "typed as"),
        ("limit:0", 6, "above 0"),
        ("sort:comment", 5, "cannot be sorted"),
        ("title:missing OR duration:none", 26, "only is, is_not"),
        ("(" * 30 + "a" + ")" * 30, 22, "nested"),
        ("-" * 30 + "a", 22, "nested"),
        ("a " * 600, 1000, "up to 500"),
        ("x" * 20_001, 20_000, "20000 characters"),
        ("NOT " * 4000 + "a", 88, "nested"),
        ("year:" + "9" * 5000, 5, "too long for a number"),
        ("limit:" + "9" * 5000, 6, "too long for a number"),
        ("duration:" + "9" * 5000 + ":00:00", 9, "is a number"),
        ("added:<" + "9" * 5000 + "d", 6, "2024-12-31"),
        ("bpm:1e999", 4, "up to"),
        ("limit:1e999min", 6, "up to"),
        ("genre:a\0b", 6, "cannot be stored"),
        ("genre:\ud800", 6, "cannot be stored"),
    ],
)
def test_faults(typed: str, place: int, says: str) -> None:
    with pytest.raises(TextError) as fault:
        parse(typed)
    assert says in fault.value.message, fault.value.message
    assert fault.value.position == place, fault.value.message


def test_a_wrong_name_suggests_the_nearest_field() -> None:
    for name in ("albumartst", "durration", "play-cuont"):
        with pytest.raises(TextError) as fault:
            parse(f"{name}:1")
        assert fault.value.suggestion in FIELDS


@settings(max_examples=30, deadline=None)
@given(node=nodes)
def test_writing_is_stable(node: object) -> None:
    once = write(Rule(node))  # type: ignore[arg-type]
    assert write(parse(once)) == once
