"""How the value of a condition is typed, for each kind of field: both ways."""

from __future__ import annotations

import re
from collections.abc import Callable

from resonance.rules import amounts, tree
from resonance.rules.amounts import Asked
from resonance.rules.fields import FIELDS, Field
from resonance.rules.tree import Condition, Like, Near, Node

WORD_FIELDS = ("title", "artist", "album")
WORDS = {"none": "missing", "any": "present"}
LIKE_ENOUGH = {"track": 0.8, "artist": 0.8, "album": 0.8, "text": 0.5}
_SIMPLE = re.compile(r"[^\W_](?:[\w.&+/'’-]*\w)?")
_RESERVED = frozenset({"none", "any", "or", "and", "not", "all"})


def quoted(value: str) -> str:
    """A text as it is typed: in quotes unless it is one plain word."""
    if _SIMPLE.fullmatch(value) and value.casefold() not in _RESERVED:
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def unquoted(token: str) -> str | None:
    """The text in a token that is one quoted string."""
    if re.fullmatch(r'"(?:[^"\\]|\\.)*"', token, re.DOTALL) is None:
        return None
    return re.sub(r"\\(.)", r"\1", token[1:-1], flags=re.DOTALL)


def word_node(word: str) -> Node:
    """What a word without a field asks: whether title, artist or album has it as whole words."""
    return tree.Any(tuple(Condition(name, "has_words", word) for name in WORD_FIELDS))


def is_word(node: Node) -> str | None:
    """The word that `node` would be typed as."""
    if isinstance(node, tree.Any) and len(node.nodes) == len(WORD_FIELDS):
        first = node.nodes[0]
        if isinstance(first, Condition) and isinstance(first.value, str) and node == word_node(first.value):
            return first.value
    return None


def written(node: Condition) -> str:
    """A condition as it is typed."""
    field, op, value = FIELDS[node.field], node.op, node.value
    name = "like" if field.kind == "sounds_like" else field.name
    for word, meant in WORDS.items():
        if op == meant:
            return f"{name}:{word}"
    return f"{name}:{_WRITERS[field.kind](op, value)}"


def read(field: Field, token: str) -> Asked:
    """What a token after the field's name asks. Raises ValueError with a sentence."""
    if token.casefold() in WORDS and field.kind not in ("flag", "mood", "sounds_like", "playlist"):
        return WORDS[token.casefold()], None
    if not token:
        raise ValueError(f"{field.name}: is followed by what it shall be.")
    return _READERS[field.kind](field, token)


def _write_text(op: str, value: object) -> str:
    body = quoted(str(value))
    return {
        "is": body,
        "is_not": f"!{body}",
        "contains": f"*{body}*",
        "not_contains": f"!*{body}*",
        "starts_with": f"{body}*",
        "ends_with": f"*{body}",
        "has_words": f"~{body}",
    }[op]


def _read_text(field: Field, token: str) -> Asked:
    body = token.removeprefix("!")
    negative = body != token
    if not negative and body.startswith("~"):
        return "has_words", _text(body[1:])
    head, tail = body.startswith("*"), body.endswith("*") and len(body) > 1
    op = {
        (False, False): "is",
        (True, True): "contains",
        (False, True): "starts_with",
        (True, False): "ends_with",
    }[head, tail]
    text = _text(body[head : len(body) - tail])
    if not negative:
        return op, text
    if op not in ("is", "contains"):
        raise ValueError(f"Put the minus in front instead: -{field.name}:{body}")
    return {"is": "is_not", "contains": "not_contains"}[op], text


def _text(token: str) -> str:
    text = unquoted(token)
    if text is None and '"' in token:
        raise ValueError("Text with quotes or blanks stands in quotes as a whole.")
    return token if text is None else text


def _write_flag(op: str, value: object) -> str:
    return "yes" if value else "no"


def _read_flag(field: Field, token: str) -> Asked:
    said = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if token.casefold() not in said:
        raise ValueError(f"{field.name} is yes or no.")
    return "is", said[token.casefold()]


def _write_key(op: str, value: object) -> str:
    if isinstance(value, Near):
        return f"{value.key}~{value.within}"
    return f"{amounts.SIGN[op]}{value}"


def _read_key(field: Field, token: str) -> Asked:
    body, near, steps = token.partition("~")
    if near:
        if not steps.isdecimal() or len(steps) > 2:
            raise ValueError("Behind ~ stands how many steps away a key may be, as in 8A~1.")
        return "near", {"key": _text(body), "within": int(steps)}
    if token.startswith("!"):
        return "is_not", _text(token[1:])
    return "is", _text(token)


def _write_mood(op: str, value: object) -> str:
    return f"{'>=' if op == 'at_least' else '<='}{value!r}"


def _read_mood(field: Field, token: str) -> Asked:
    sign = re.match(r"[<>]=|", token)
    assert sign is not None
    return "at_most" if sign[0] == "<=" else "at_least", amounts.amount(field, token[sign.end() :])


def _write_like(op: str, value: object) -> str:
    assert isinstance(value, Like)
    if value.of == "text":
        body = '"' + value.value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    else:
        body = f"{value.of}/{quoted(value.value)}"
    return f"{'!' if op == 'is_not' else ''}{body}@{value.at_least!r}"


def _read_like(field: Field, token: str) -> Asked:
    body = token.removeprefix("!")
    op = "is_not" if body != token else "is"
    found = re.fullmatch(rf"(.*?)(?:@({amounts.NUMBER}))?", body, re.DOTALL)
    assert found is not None
    of, slash, id_ = found[1].partition("/")
    if not slash or of not in ("track", "artist", "album"):
        of, id_ = "text", found[1]
    enough = amounts.number_of(found[2]) if found[2] else LIKE_ENOUGH[of]
    return op, {of: _text(id_), "at_least": enough}


def _write_playlist(op: str, value: object) -> str:
    return f"{'!' if op == 'not_in' else ''}{quoted(str(value))}"


def _read_playlist(field: Field, token: str) -> Asked:
    body = token.removeprefix("!")
    return "in" if body == token else "not_in", _text(body)


_WRITERS: dict[str, Callable[[str, object], str]] = {
    "text": _write_text,
    "number": amounts.write_number,
    "date": amounts.write_date,
    "flag": _write_flag,
    "key": _write_key,
    "mood": _write_mood,
    "sounds_like": _write_like,
    "playlist": _write_playlist,
}
_READERS: dict[str, Callable[[Field, str], Asked]] = {
    "text": _read_text,
    "number": amounts.read_number,
    "date": amounts.read_date,
    "flag": _read_flag,
    "key": _read_key,
    "mood": _read_mood,
    "sounds_like": _read_like,
    "playlist": _read_playlist,
}
