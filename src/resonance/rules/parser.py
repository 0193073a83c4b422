"""Reads the text form: words, conditions, minus, OR, brackets, and behind it all sort, limit and seed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

from resonance.core.errors import Invalid
from resonance.model.moods import MOODS
from resonance.rules import amounts, tree, values
from resonance.rules.fields import FIELDS, RANDOM
from resonance.rules.tree import MAX_DEPTH, All, Any, Limit, Node, Not, Rule, Sort

LONGEST = 20_000
# A quoted string is part of a token, blanks and all.
_TOKEN = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^\s()"])+', re.DOTALL)
_NAMED = re.compile(r"([A-Za-z][\w-]*)(:(?=[<>=!])|:|(?=[<>]=?|=))")
_GROUP = re.compile(r"(all|any)\(", re.IGNORECASE)
_LIMIT = re.compile(r"(\d+(?:\.\d+)?(?:e[+-]?\d+)?)(min|h|mb|gb|)", re.IGNORECASE)
_LIMITS = {"": ("tracks", 1), "min": ("minutes", 1), "h": ("minutes", 60)}
_LIMITS |= {"mb": ("megabytes", 1), "gb": ("megabytes", 1000)}
_WHOLE = ("sort", "limit", "seed")
_ALSO = {
    "like": "sounds_like",
    "length": "duration",
    "time": "duration",
    "plays": "play_count",
    "stars": "rating",
    "tempo": "bpm",
    "loved": "liked",
    "type": "release_type",
    "format": "file_type",
    "track": "number",
    "modified": "changed",
    "played": "last_played",
    "analyzed": "analysed",
}
_NAMES = {name.replace("_", ""): name for name in FIELDS} | _ALSO


class TextError(Invalid):
    """What is typed is no rule. `position` counts characters from 0; `suggestion` may be a field's name."""

    def __init__(self, message: str, position: int, suggestion: str | None = None) -> None:
        super().__init__(f"{message} (at character {position + 1})", field="text", code="rule_text")
        self.position, self.suggestion = position, suggestion


def field_name(typed: str) -> str | None:
    """The field that a typed name means, None for none."""
    return _NAMES.get(typed.lower().replace("_", "").replace("-", ""))


@dataclass
class _Reader:
    text: str
    at: int = 0
    sort: list[Sort] = field(default_factory=list)
    limit: Limit | None = None
    seed: int | None = None
    depth: int = 0
    nodes: int = 0

    def rule(self) -> Rule:
        found = self._alternatives(0)
        if self.at < len(self.text):
            raise TextError("There is a bracket too many.", self.at)
        return Rule(_root(found), tuple(self.sort), self.limit, self.seed)

    def _blank(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def _word(self, word: str) -> bool:
        """Step over a word in capitals that stands alone."""
        self._blank()
        end = self.at + len(word)
        if self.text[self.at : end] != word or (end < len(self.text) and self.text[end] not in ' \t\n\r("-'):
            return False
        self.at = end
        return True

    def _alternatives(self, depth: int) -> list[list[Node]]:
        """Rows joined by OR, each of nodes that all hold."""
        rows = [self._row(depth)]
        while self._word("OR"):
            if not rows[-1]:
                raise TextError("OR stands between two conditions.", self.at - 2)
            start = self.at
            rows.append(self._row(depth))
            if not rows[-1]:
                raise TextError("OR stands between two conditions.", start - 2)
        return rows

    def _row(self, depth: int) -> list[Node]:
        found: list[Node] = []
        while True:
            self._blank()
            if self.at >= len(self.text) or self.text[self.at] == ")":
                return found
            start = self.at
            if self._word("OR"):
                self.at = start
                return found
            if self._word("AND"):
                continue
            node = self._one(depth)
            if node is not None:
                found.append(node)

    def _one(self, depth: int) -> Node | None:
        """One node, or None for sort, limit and seed."""
        start = self.at
        self.nodes += 1
        if depth > MAX_DEPTH + 1:
            raise TextError(f"Brackets may be nested up to {MAX_DEPTH} deep.", start)
        if self.nodes > tree.MAX_NODES:
            raise TextError(f"A rule may have up to {tree.MAX_NODES} conditions.", start)
        if self._word("NOT") or self._minus():
            self._blank()
            if self.at >= len(self.text) or self.text[self.at] == ")":
                raise TextError("Behind the minus something is missing.", start)
            inner = self._one(depth + 1)
            if inner is None:
                raise TextError("This cannot be turned round.", start)
            return Not(inner)
        if group := _GROUP.match(self.text, self.at):
            self.at = group.end()
            return self._group(group[1].lower(), start, depth)
        if self.text[self.at] == "(":
            self.at += 1
            return self._group("", start, depth)
        return self._term(depth)

    def _minus(self) -> bool:
        if self.text[self.at] != "-":
            return False
        self.at += 1
        return True

    def _group(self, kind: str, start: int, depth: int) -> Node:
        rows = self._alternatives(depth + 1)
        if self.at >= len(self.text):
            raise TextError("This bracket is never closed.", start)
        self.at += 1
        if kind == "all":
            return All(tuple(rows[0])) if len(rows) == 1 else All((_either(rows),))
        if kind == "any":
            return (
                Any(tuple(map(_both, rows))) if len(rows) > 1 else Any((_both(rows[0]),) if rows[0] else ())
            )
        if not rows[0]:
            raise TextError("There is nothing in this bracket.", start)
        return _either(rows)

    def _term(self, depth: int) -> Node | None:
        start = self.at
        token = _TOKEN.match(self.text, start)
        if token is None:
            raise TextError("This quote is never closed.", start)
        self.at = token.end()
        if self.text[self.at : self.at + 1] == '"':
            raise TextError("This quote is never closed.", self.at)
        named = _NAMED.match(self.text, start, self.at)
        if named is None:
            return self._bare(token[0], start)
        rest = self.text[named.end() : self.at]
        if named[1].lower() in _WHOLE:
            self._setting(named[1].lower(), rest, start, named.end(), depth)
            return None
        if named[1].lower() == "mood":
            return self._mood(rest, named.end())
        name = field_name(named[1])
        if name is None:
            raise _unknown(named[1], start)
        return self._condition(name, rest, named.end())

    def _bare(self, token: str, start: int) -> Node:
        text = values.unquoted(token)
        if text is None and '"' in token:
            raise TextError("Text with quotes or blanks stands in quotes as a whole.", start)
        word = token if text is None else text
        self._checked("title", "has_words", word, start)
        return values.word_node(word)

    def _condition(self, name: str, rest: str, at: int) -> Node:
        try:
            op, value = values.read(FIELDS[name], rest)
        except ValueError as problem:
            raise TextError(str(problem), at) from None
        return self._checked(name, op, value, at)

    def _checked(self, name: str, op: str, value: object, at: int) -> Node:
        try:
            return tree.condition(name, op, value)
        except Invalid as problem:
            raise TextError(problem.message, at) from None

    def _mood(self, rest: str, at: int) -> Node:
        found = re.match(r"[a-z]*", rest, re.IGNORECASE)
        assert found is not None
        name = found[0].lower()
        if name not in MOODS:
            near = get_close_matches(name, MOODS, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise TextError(f"The moods are {', '.join(MOODS)}.{hint}", at, near[0] if near else None)
        return self._condition(f"mood_{name}", rest[found.end() :] or ">=0.5", at)

    def _setting(self, name: str, rest: str, start: int, at: int, depth: int) -> None:
        if depth:
            raise TextError(f"{name}: is about the whole rule and stands outside of brackets.", start)
        if name == "sort":
            self.sort += [_sort(part, at) for part in rest.split(",")]
            if len(self.sort) > tree.MAX_SORTS:
                raise TextError(f"Up to {tree.MAX_SORTS} fields can be sorted by.", at)
        elif name == "limit":
            if self.limit is not None:
                raise TextError("There are two limits.", start)
            self.limit = _limit(rest, at)
        else:
            if self.seed is not None or not rest.isdecimal() or len(rest) > 10 or int(rest) > tree.SEEDS:
                raise TextError(f"A seed is one whole number from 0 to {tree.SEEDS}.", at)
            self.seed = int(rest)


def read(text: str) -> Rule:
    """The rule that a text says. Raises TextError."""
    if len(text) > LONGEST:
        raise TextError(f"A rule may have up to {LONGEST} characters.", LONGEST)
    rule = _Reader(text).rule()
    try:
        return tree.from_json(tree.to_json(rule))
    except Invalid as problem:
        raise TextError(problem.message, 0) from None


def _root(rows: list[list[Node]]) -> Node:
    if len(rows) > 1:
        return _either(rows)
    only = rows[0]
    alone = len(only) == 1 and isinstance(only[0], All | Any) and values.is_word(only[0]) is None
    return only[0] if alone else All(tuple(only))


def _either(rows: list[list[Node]]) -> Node:
    return _both(rows[0]) if len(rows) == 1 else Any(tuple(map(_both, rows)))


def _both(row: list[Node]) -> Node:
    return row[0] if len(row) == 1 else All(tuple(row))


def _unknown(name: str, at: int) -> TextError:
    plain = name.lower().replace("_", "").replace("-", "")
    near = get_close_matches(plain, [*_NAMES, *_WHOLE, "mood"], 1)
    suggestion = _NAMES.get(near[0], near[0]) if near else None
    hint = f" Did you mean {suggestion}?" if suggestion else ""
    return TextError(f"There is no field {name[:40]}.{hint}", at, suggestion)


def _sort(part: str, at: int) -> Sort:
    typed = part.lstrip("+-")
    name = RANDOM if typed.lower() == RANDOM else field_name(typed)
    if name is None:
        raise _unknown(typed, at)
    if name != RANDOM and not FIELDS[name].sortable:
        raise TextError(f"Tracks cannot be sorted by {name}.", at)
    return Sort(name, part.startswith("-"))


def _limit(text: str, at: int) -> Limit | None:
    found = _LIMIT.fullmatch(text)
    if found is None:
        raise TextError("A limit is typed as 50, 90min, 2h, 700mb or 4gb.", at)
    kind, factor = _LIMITS[found[2].lower()]
    try:
        return tree.limit({kind: amounts.number_of(found[1]) * factor})
    except Invalid as problem:
        raise TextError(problem.message, at) from None
    except ValueError as problem:
        raise TextError(str(problem), at) from None
