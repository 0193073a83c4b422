"""The JSON form of rules: what is refused, and where the fault lies. The page about rules is in step."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resonance.core.errors import Invalid
from resonance.rules.fields import FIELDS, OPERATORS
from resonance.rules.sources import SOURCES_OF
from resonance.rules.text import parse
from resonance.rules.tree import MAX_DEPTH, MAX_NODES, All, Condition, Rule, from_json, to_json

PAGE = (Path(__file__).parents[2] / "docs/rules.md").read_text(encoding="utf-8")
YEAR = {"field": "year", "op": "is", "value": 1999}


def nested(depth: int) -> dict[str, Any]:
    return YEAR if depth == 1 else {"all": [nested(depth - 1)]}


def deep(depth: int) -> Any:
    made: Any = 1
    for _ in range(depth):
        made = [made]
    return made


def asked(field: str, op: str, value: object = None) -> dict[str, Any]:
    return {"match": {"all": [YEAR, {"field": field, "op": op, "value": value}]}}


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (5, "rule"),
        ({"matches": {}}, "rule"),
        ({"match": []}, "match"),
        ({"match": {}}, "match"),
        ({"match": {"all": [], "any": []}}, "match"),
        ({"match": {"all": YEAR}}, "match.all"),
        ({"match": {"all": [YEAR, 5]}}, "match.all[1]"),
        ({"match": {"any": [{"not": {"all": [{"nor": []}]}}]}}, "match.any[0].not.all[0]"),
        ({"match": {"all": [YEAR | {"extra": 1}]}}, "match.all[0]"),
        (asked("yaer", "is", 5), "match.all[1].field"),
        (asked(["x"], "is", 5), "match.all[1].field"),  # type: ignore[arg-type]
        (asked("year", "contains", 5), "match.all[1].op"),
        (asked("duration", "missing"), "match.all[1].op"),
        (asked("path", "has_words", "x"), "match.all[1].op"),
        (asked("year", "is", "1999"), "match.all[1].value"),
        (asked("year", "is", True), "match.all[1].value"),
        (asked("year", "is", float("nan")), "match.all[1].value"),
        (asked("year", "is", 10**30), "match.all[1].value"),
        (asked("year", "is", None), "match.all[1].value"),
        (asked("year", "missing", 5), "match.all[1].value"),
        (asked("year", "between", [5]), "match.all[1].value"),
        (asked("year", "between", [5, "x"]), "match.all[1].value[1]"),
        (asked("year", "between", [5, 4]), "match.all[1].value"),
        (asked("genre", "is", " "), "match.all[1].value"),
        (asked("genre", "is", "a\0b"), "match.all[1].value"),
        (asked("genre", "is", "\ud800"), "match.all[1].value"),
        (asked("genre", "is", "x" * 501), "match.all[1].value"),
        (asked("added", "on", "2023-02-29"), "match.all[1].value"),
        (asked("added", "on", "20230228"), "match.all[1].value"),
        (asked("added", "in_last", 0), "match.all[1].value"),
        (asked("added", "in_last", 1.5), "match.all[1].value"),
        (asked("added", "between", ["2024-01-02", "2024-01-01"]), "match.all[1].value"),
        (asked("added", "between", ["2024-01-02", "x"]), "match.all[1].value[1]"),
        (asked("liked", "is", 1), "match.all[1].value"),
        (asked("key", "is", "13A"), "match.all[1].value"),
        (asked("key", "near", {"key": "8A", "within": 7}), "match.all[1].value.within"),
        (asked("mood_happy", "at_least", 1.1), "match.all[1].value"),
        (asked("sounds_like", "is", {"at_least": 0.5}), "match.all[1].value"),
        (asked("sounds_like", "is", {"track": "x", "text": "y", "at_least": 0.5}), "match.all[1].value"),
        (asked("sounds_like", "is", {"track": "x"}), "match.all[1].value.at_least"),
        (asked("playlist", "in", "x" * 65), "match.all[1].value"),
        ({"sort": {"by": "year"}}, "sort"),
        ({"sort": [{"by": "year"}, {"by": "comment"}]}, "sort[1].by"),
        ({"sort": [{"by": "year", "descending": 1}]}, "sort[0].descending"),
        ({"sort": [{"by": "year"}] * 11}, "sort"),
        ({"limit": 5}, "limit"),
        ({"limit": {"tracks": 5, "minutes": 5}}, "limit"),
        ({"limit": {"tracks": 0}}, "limit.tracks"),
        ({"limit": {"tracks": 1.5}}, "limit.tracks"),
        ({"limit": {"hours": 5}}, "limit"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**31}, "seed"),
        ({"kept": []}, "kept"),
        ({"kept": {"x": "y" * 1_000_001}}, "kept"),
        ({"kept": {"x": deep(5000)}}, "kept"),
        ({"kept": {"x": float("nan")}}, "kept"),  # no JSON, though Python writes it
        ({"kept": {"x": "\ud800"}}, "kept"),
        ({"kept": {"x": 10**5000}}, "kept"),
        ({"kept": {"x": {1, 2}}}, "kept"),
        (asked("year", "is", 10**400), "match.all[1].value"),
        (asked("year", "is", float("-inf")), "match.all[1].value"),
        (asked("year", "between", [0] * 100_000), "match.all[1].value"),
        (asked("genre", "is", ["x"] * 100_000), "match.all[1].value"),  # type: ignore[arg-type]
        (asked("mood_happy", "at_least", 10**400), "match.all[1].value"),
        (asked("mood_happy", "at_least", float("nan")), "match.all[1].value"),
        (asked("added", "in_last", 10**40), "match.all[1].value"),
        (asked("added", "on", "10000-01-01"), "match.all[1].value"),
        (asked("added", "on", "0000-01-01"), "match.all[1].value"),
        (asked("added", "on", "\u0662\u0660\u0662\u0664-01-01"), "match.all[1].value"),
        (asked("playlist", "in", "a\0"), "match.all[1].value"),
        (asked("sounds_like", "is", {"track": "\0", "at_least": 0.5}), "match.all[1].value.track"),
        ({"limit": {"tracks": 10**400}}, "limit.tracks"),
        ({"limit": {"minutes": float("nan")}}, "limit.minutes"),
        ({"seed": True}, "seed"),
        ({"sort": [{"by": {}}]}, "sort[0].by"),
        ({"match": nested(200)}, "match" + ".all[0]" * MAX_DEPTH),
        ({"match": {"all": [YEAR] * 10_000}}, f"match.all[{MAX_NODES - 1}]"),
        ({"match": nested(MAX_DEPTH + 1)}, "match" + ".all[0]" * MAX_DEPTH),
        ({"match": {"all": [YEAR] * MAX_NODES}}, f"match.all[{MAX_NODES - 1}]"),
    ],
)
def test_faults_are_named(data: object, path: str) -> None:
    with pytest.raises(Invalid) as fault:
        from_json(data)
    assert fault.value.field == path, fault.value.message
    with pytest.raises(Invalid) as fault:
        from_json(data, path="body")
    assert str(fault.value.field).startswith("body")


_words = st.sampled_from(["all", "any", "not", "field", "op", "value", "match", "sort", "limit", "by", "key"])
_leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=3)
    | st.sampled_from(list(FIELDS))
)


@given(
    st.recursive(
        _leaves | st.sampled_from(["is", "between", "near", "on"]),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3),
        max_leaves=12,
    )
)
def test_any_json_is_a_rule_or_invalid(data: object) -> None:
    for each in (data, {"match": data}, {"sort": data, "limit": data}, asked("key", "near", data)):
        try:
            rule = from_json(each)
        except Invalid as fault:
            assert fault.field
        else:
            assert from_json(to_json(rule)) == rule


def test_what_just_fits() -> None:
    from_json({"match": nested(MAX_DEPTH)})
    from_json({"match": {"all": [YEAR] * (MAX_NODES - 1)}})
    assert from_json({}) == Rule()
    assert from_json({"match": YEAR}).match == All((Condition("year", "is", 1999),))
    for day in ("0001-01-01", "9999-12-31"):
        assert from_json(asked("added", "on", day)).match
    kept = Rule(kept={"nsp": {"top": "all"}})
    assert from_json(to_json(kept)) == kept


def test_every_field_lies_somewhere() -> None:
    elsewhere = {name for name, field in FIELDS.items() if field.kind in ("sounds_like", "playlist")}
    assert set(SOURCES_OF) == set(FIELDS) - elsewhere


def test_the_page_names_every_field_with_its_kind() -> None:
    named = dict(re.findall(r"^\| `(\w+)` \| (\w+) \|", PAGE, re.MULTILINE))
    kinds = {"sounds_like": "likeness"}
    assert named == {
        name: "signs" if field.exact else kinds.get(field.kind, field.kind) for name, field in FIELDS.items()
    }
    assert {op for ops in OPERATORS.values() for op in ops} <= set(re.findall(r"`(\w+)`", PAGE))


def test_what_the_page_shows_can_be_typed() -> None:
    asking = PAGE[PAGE.index("## What can be asked") : PAGE.index("## Fields")]
    shown = [text for text in re.findall(r"`([^`]*)`", asking) if re.match(r"-?[a-z_]+[:<>]", text)]
    assert len(shown) > 40
    for text in shown:
        if text not in ("sort:", "limit:"):
            parse(text)
    parse(re.findall(r"^    (genre.*)$", PAGE, re.MULTILINE)[0])
