"""A rule in one plain English sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from resonance.rules.fields import FIELDS, RANDOM, Field
from resonance.rules.tree import All, Any, Condition, Like, Limit, Near, Node, Not, Rule, Sort
from resonance.rules.values import is_word

Names = Mapping[str, str]

_TEXT = {
    **{"is": "is", "is_not": "is not", "contains": "contains", "not_contains": "does not contain"},
    **{"starts_with": "starts with", "ends_with": "ends with", "has_words": "has the words"},
}
_NUMBER = {
    **{"is": "is", "is_not": "is not", "less": "is below", "greater": "is above"},
    **{"at_least": "is at least", "at_most": "is at most"},
}
_UNITS = {"kbit/s": " kbit/s", "Hz": " Hz", "bits": " bits", "LUFS": " LUFS", "LU": " LU", "dB": " dB"}
_UNITS |= {"dBTP": " dBTP", "BPM": " BPM"}
_YES = {
    "liked": ("that you like", "that you have not liked"),
    "album_liked": ("whose album you like", "whose album you have not liked"),
    "artist_liked": ("whose artist you like", "whose artist you have not liked"),
    "explicit": ("that are explicit", "that are not explicit"),
    "has_lyrics": ("with lyrics", "without lyrics"),
    "has_cover": ("with a cover", "without a cover"),
    "compilation": ("from compilations", "not from compilations"),
    "analysed": ("that are analysed", "that are not analysed"),
}
# Of texts, numbers and dates: how the smallest and the largest are called.
_ENDS = {"text": ("A to Z", "Z to A"), "number": ("lowest first", "highest first")}
_ENDS |= {"date": ("oldest first", "newest first"), "flag": ("those without first", "those with first")}
_ENDS |= {"key": ("along the Camelot wheel", "back along the Camelot wheel")}


def sentence(rule: Rule, names: Names | None = None) -> str:
    """The rule for people. `names` says what ids in it are called."""
    known = names or {}
    what = _group(rule.match, known, top=True)
    parts = [f"Tracks {what}" if what else "All tracks"]
    if rule.sort:
        parts.append(_order(rule.sort))
    if rule.limit is not None:
        parts.append(_limit(rule.limit))
    return ", ".join(parts) + "."


def _group(node: Node, names: Names, *, top: bool = False) -> str:
    if isinstance(node, Condition):
        return _condition(node, names)
    if isinstance(node, Not):
        return _not(node.node, names)
    if (word := is_word(node)) is not None:
        return f"with {_said(word)} in title, artist or album"
    if not node.nodes:
        return ("" if top else "of any kind") if isinstance(node, All) else "of no kind"
    said = [_group(each, names) for each in node.nodes]
    if len(said) == 1:
        return said[0]
    inner = [
        f"({text})" if isinstance(each, All | Any) and len(each.nodes) > 1 and is_word(each) is None else text
        for each, text in zip(node.nodes, said, strict=True)
    ]
    return _listed(inner, "and" if isinstance(node, All) else "or")


def _listed(parts: list[str], word: str) -> str:
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def _not(node: Node, names: Names) -> str:
    if (word := is_word(node)) is not None:
        return f"without {_said(word)} in title, artist or album"
    if isinstance(node, Condition) and FIELDS[node.field].kind == "flag":
        return _condition(Condition(node.field, node.op, not node.value), names)
    inner = _group(node, names)
    return f"but not those {inner}" if isinstance(node, Condition) else f"but not those ({inner})"


def _condition(node: Condition, names: Names) -> str:
    field, op, value = FIELDS[node.field], node.op, node.value
    name = field.label[0].lower() + field.label[1:] if not field.label[:2].isupper() else field.label
    if op in ("missing", "present"):
        return f"{'without' if op == 'missing' else 'with'} {_article(name)}"
    if field.kind == "flag":
        return _YES[field.name][0 if value else 1]
    if field.kind == "playlist":
        return f"{'in' if op == 'in' else 'not in'} the playlist {names.get(str(value), str(value))}"
    if field.kind == "sounds_like":
        assert isinstance(value, Like)
        what = (
            _said(value.value) if value.of == "text" else f"{value.of} {names.get(value.value, value.value)}"
        )
        return f"that {'sound' if op == 'is' else 'do not sound'} like {what} ({value.at_least:.0%} or more)"
    if field.kind == "date":
        return _date(field, name, op, value)
    if field.kind == "mood":
        assert isinstance(value, float)
        mood = field.name.removeprefix("mood_")
        return f"at {'least' if op == 'at_least' else 'most'} {value:.0%} {mood}"
    if field.kind == "key":
        if isinstance(value, Near):
            steps = "a step" if value.within == 1 else f"{value.within} steps"
            return f"in {value.key} or within {steps} of it"
        return f"{'in' if op == 'is' else 'not in'} {value}"
    if field.kind == "text":
        return f"whose {name} {_TEXT[op]} {_said(str(value))}"
    return _number(field, name, op, value)


def _number(field: Field, name: str, op: str, value: object) -> str:
    if field.name == "play_count" and op == "is" and value == 0:
        return "that you have never played"
    if op == "between":
        assert isinstance(value, tuple)
        return f"whose {name} is {_figure(field, value[0])} to {_figure(field, value[1])}"
    assert isinstance(value, int | float)
    return f"whose {name} {_NUMBER[op]} {_figure(field, value)}"


def _figure(field: Field, value: float) -> str:
    if field.unit == "seconds" and value >= 60 and value == int(value):
        hours, rest = divmod(int(value), 3600)
        return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
    if field.unit == "bytes" and value >= 1_000_000:
        return f"{value / 1_000_000:g} MB"
    if field.unit == "stars":
        return f"{value:g} star{'' if value == 1 else 's'}"
    return f"{value:.12g}{_UNITS.get(field.unit or '', '')}"


def _date(field: Field, name: str, op: str, value: object) -> str:
    verb = {
        "added": "added",
        "changed": "changed",
        "last_played": "played",
        "liked_at": "liked",
        "rated_at": "rated",
    }
    said = verb.get(field.name)
    if op in ("in_last", "not_in_last"):
        days = "day" if value == 1 else f"{value} days"
        if said:
            return f"{'' if op == 'in_last' else 'not '}{said} in the last {days}"
        return f"whose {name} is {'' if op == 'in_last' else 'not '}in the last {days}"
    known = f"last {said}" if said == "played" else said or f"whose {name} is"
    if op == "between":
        assert isinstance(value, tuple)
        return f"{known} from {_day(value[0])} to {_day(value[1])}"
    return f"{known} {op} {_day(str(value))}"


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B} {day.year}"


def _article(name: str) -> str:
    return f"{'an' if name[0] in 'aeioI' else 'a'} {name}"


def _said(text: str) -> str:
    return f"“{text}”"


def _order(sorts: tuple[Sort, ...]) -> str:
    said = []
    for sort in sorts:
        if sort.by == RANDOM:
            said.append("in random order")
            continue
        field = FIELDS[sort.by]
        ends = _ENDS["date" if field.name in ("year", "original_year", "release_year") else field.kind]
        said.append(f"by {field.label[0].lower()}{field.label[1:]} ({ends[sort.descending]})")
    return ", then ".join(said)


def _limit(limit: Limit) -> str:
    if limit.kind == "tracks":
        return "the first one" if limit.amount == 1 else f"the first {limit.amount}"
    return f"up to {limit.amount:g} {'minutes' if limit.kind == 'minutes' else 'MB'}"
