"""Navidrome's smart playlists (.nsp): read and written without loss.

What means nothing here is kept in `Rule.kept["nsp"]` and named, and stands in its place again when the rule
is written; so does what Navidrome spells in several ways. What Navidrome cannot say goes into the file under
"resonance", which Navidrome passes over: read again here, the rule is the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any as Json

from resonance.core.errors import Invalid
from resonance.rules import nsp_words, tree
from resonance.rules.fields import FIELDS, RANDOM
from resonance.rules.nsp_words import NAMES, OPERATORS, Unknown
from resonance.rules.tree import MAX_DEPTH, MAX_NODES, All, Any, Condition, Limit, Node, Not, Rule, Sort

LONGEST = 500_000  # characters
OWN = "resonance"
_COMMENT_OR_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"?|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
_ORDER = ("name", "comment", "public", "all", "any", "sort", "order", "limit")
_TITLE = (Sort("title"),)  # Navidrome's order where a file says none


def read(file: str | bytes) -> tuple[Rule, list[str]]:
    """The rule of a file, and what of the file means nothing here. Invalid for what is no .nsp."""
    document = _document(file)
    if OWN in document and (rule := _own(document)) is not None:
        return rule, []
    return _read(document)


def write(
    rule: Rule, *, name: str | None = None, comment: str | None = None, public: bool | None = None
) -> tuple[str, list[str]]:
    """The text of a file, and what of the rule Navidrome will not see."""
    document, lost = _written(rule)
    given = {"name": name, "comment": comment, "public": public}
    document |= {key: value for key, value in given.items() if value is not None}
    if lost or not _says(document, rule):
        document[OWN] = {"rule": tree.to_json(replace(rule, kept=None))}
    first = {key: document[key] for key in _ORDER if key in document}
    return json.dumps(first | document, ensure_ascii=False, indent=2) + "\n", lost


def _says(document: dict[str, Json], rule: Rule) -> bool:
    try:
        return replace(_read(document)[0], kept=None) == replace(rule, kept=None)
    except Invalid:  # Navidrome knows no rule without conditions
        return False


def heading(rule: Rule) -> Mapping[str, Json]:
    """What the file said beside the rule: its name, comment, public."""
    return dict(_kept(rule).get("document", {}))


def _document(file: str | bytes) -> dict[str, Json]:
    text = _decoded(file) if isinstance(file, bytes) else file.removeprefix("\ufeff")
    if len(text) > LONGEST:
        raise Invalid(f"A file may have up to {LONGEST} characters.", field="nsp", code="nsp")
    try:
        document = json.loads(_uncommented(text), parse_constant=_no_constant)
        json.dumps(document, allow_nan=False, ensure_ascii=False).encode()  # as it will be stored
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}"
        says = fault.msg.removesuffix(" at")
        raise Invalid(f"This is no valid JSON ({where}): {says}.", field="nsp", code="nsp") from None
    except (RecursionError, ValueError):
        raise Invalid("This is no valid JSON for a rule.", field="nsp", code="nsp") from None
    if not isinstance(document, dict):
        raise Invalid("A smart playlist is a JSON object.", field="nsp", code="nsp")
    return document


def _no_constant(name: str) -> Json:
    raise ValueError(name)


def _decoded(data: bytes) -> str:
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    coding = next((name for mark, name in marks.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(coding)
    except UnicodeDecodeError:
        raise Invalid("This is no text in UTF-8 or UTF-16.", field="nsp", code="nsp") from None


def _uncommented(text: str) -> str:
    """Comments as blanks, so that places in the text stay right."""

    def blank(found: re.Match[str]) -> str:
        return found[0] if found[0].startswith('"') else re.sub(r"[^\n]", " ", found[0])

    return _COMMENT_OR_TEXT.sub(blank, text)


class _Reading:
    """What one file says, gathered on the way through its groups."""

    def __init__(self) -> None:
        self.unknown: list[dict[str, Json]] = []
        self.written: list[list[Json]] = []
        self.named: list[str] = []
        self.count = 0

    def group(self, kind: str, raw: Json, at: tuple[int, ...]) -> tuple[Node, int]:
        """A group, and how many of its members are understood."""
        if not isinstance(raw, list):
            raise Invalid(f"{kind} is a list of conditions.", field="nsp", code="nsp")
        if len(at) > MAX_DEPTH:
            raise Invalid(f"Groups may be nested up to {MAX_DEPTH} deep.", field="nsp", code="nsp")
        nodes: list[Node] = []
        place = 0
        for each in raw:
            if not isinstance(each, dict) or not each:
                raise Invalid(f"Each of {kind} is an object with an operator.", field="nsp", code="nsp")
            self.count += len(each)
            if self.count > MAX_NODES:
                raise Invalid(f"A file may have up to {MAX_NODES} conditions.", field="nsp", code="nsp")
            for op, inner in each.items():
                node = self.one(op, inner, (*at, place))
                nodes += [] if node is None else [node]
                place += 1
        return (All(tuple(nodes)) if kind == "all" else Any(tuple(nodes))), len(nodes)

    def one(self, op: str, raw: Json, at: tuple[int, ...]) -> Node | None:
        """A member of a group; None for what means nothing here."""
        source = {op: raw}
        if op.lower() in ("all", "any"):
            before = len(self.unknown)
            node, known = self.group(op.lower(), raw, at)
            if known or not raw:
                return node
            del self.unknown[before:]  # nothing of it is understood: it is kept as a whole
            self.unknown.append({"at": list(at), "node": source})
            return None
        try:
            if op.lower() not in OPERATORS or not isinstance(raw, dict):
                raise Unknown("there is no such operator here")
            if len(raw) != 1:
                raise Invalid(f"{op} asks about one field.", field="nsp", code="nsp")
            ((name, value),) = raw.items()
            node = nsp_words.read(op, name, value)
        except Unknown as why:
            self.unknown.append({"at": list(at), "node": source})
            self.named.append(f"{json.dumps(source, ensure_ascii=False)[:200]}: {why}")
            return None
        self.written.append([tree.node_to_json(node), source])
        return node

    def spelt(self) -> list[list[Json]]:
        """Each node that the file says in other words than we would, with those words, in order."""
        plain = [_same(_Writing({}).node(tree.node_from_json(ours)), theirs) for ours, theirs in self.written]
        odd = {json.dumps(ours) for (ours, _), same in zip(self.written, plain, strict=True) if not same}
        return [pair for pair in self.written if json.dumps(pair[0]) in odd]


def _read(document: dict[str, Json]) -> tuple[Rule, list[str]]:
    kinds = [key for key in document if key.lower() in ("all", "any")]
    if len(kinds) != 1:
        raise Invalid("A smart playlist has one of all and any.", field="nsp", code="nsp")
    top, reading = kinds[0].lower(), _Reading()
    match, known = reading.group(top, document[kinds[0]], ())
    if not known and not reading.unknown:
        raise Invalid("A smart playlist has at least one condition.", field="nsp", code="nsp")
    if not known:
        match = Any()  # better nothing than everything
    beside = {key: value for key, value in document.items() if key not in (*kinds, OWN)}
    sort, strange = _sorts(beside)
    limit, odd = _limit(beside)
    quiet = ("name", "comment", "public", "sort", "order", "limit")
    more = [
        f"{key}: {json.dumps(value)[:100]}" for key, value in beside.items() if key not in quiet and value
    ]
    kept: dict[str, Json] = {"document": beside} if beside else {}
    kept |= {"unknown": reading.unknown} if reading.unknown else {}
    kept |= {"written": spelt} if (spelt := reading.spelt()) else {}
    kept |= {"top": top} if not known else {}
    rule = Rule(match, sort, limit, kept={"nsp": kept} if kept else None)
    tree.from_json(tree.to_json(rule))
    return rule, [*reading.named, *strange, *odd, *more]


def _sorts(beside: Mapping[str, Json]) -> tuple[tuple[Sort, ...], list[str]]:
    text, order = beside.get("sort") or "", beside.get("order") or ""
    strange: list[str] = []
    if not isinstance(text, str) or not isinstance(order, str):
        return _TITLE, ["sort: this is no text"]
    found: list[Sort] = []
    for part in (piece.strip() for piece in text.split(",")):
        if not part:
            continue
        name = part.lstrip("+-").strip().lower()
        field = FIELDS.get(NAMES.get(name, ""))
        if name != RANDOM and (field is None or not field.sortable):
            strange.append(f"sort: {part[:60]}")
            continue
        down = part.startswith("-") != (order.strip().lower() == "desc")
        found.append(Sort(RANDOM if field is None else field.name, down))
    if order.strip().lower() not in ("", "asc", "desc"):
        strange.append(f"order: {order[:60]}")
    return tuple(found[: tree.MAX_SORTS]) or _TITLE, strange


def _limit(beside: Mapping[str, Json]) -> tuple[Limit | None, list[str]]:
    amount = beside.get("limit")
    if amount in (None, 0):
        return None, []
    try:
        return tree.limit({"tracks": amount}), []
    except Invalid as fault:
        return None, [f"limit: {fault.message}"]


def _own(document: dict[str, Json]) -> Rule | None:
    """The rule that we wrote beside, where the file still says the same."""
    try:
        rule = tree.from_json(document[OWN]["rule"])
    except (Invalid, KeyError, TypeError):
        return None
    said, _ = _written(rule)
    rules = ("all", "any", "sort", "order", "limit")
    if {key: document.get(key) for key in rules} != {key: said.get(key) for key in rules}:
        return None
    beside = {key: value for key, value in document.items() if key not in (*rules, OWN)}
    return replace(rule, kept={"nsp": {"document": beside}}) if beside else rule


def _kept(rule: Rule) -> dict[str, Json]:
    """What was kept, without what cannot have come from here."""
    kept = (rule.kept or {}).get("nsp")
    if not isinstance(kept, dict):
        return {}
    document, unknown, written = (kept.get(name) for name in ("document", "unknown", "written"))
    return {
        "document": document if isinstance(document, dict) else {},
        "unknown": [each for each in unknown if _is_unknown(each)] if isinstance(unknown, list) else [],
        "written": [each for each in written if _is_pair(each)] if isinstance(written, list) else [],
        "top": kept.get("top"),
    }


def _is_unknown(each: Json) -> bool:
    at = each.get("at") if isinstance(each, dict) else None
    places = isinstance(at, list) and bool(at) and all(isinstance(n, int) and n >= 0 for n in at)
    return places and isinstance(each.get("node"), dict)


def _is_pair(each: Json) -> bool:
    return isinstance(each, list) and len(each) == 2 and all(isinstance(half, dict) for half in each)


class _Writing:
    """A rule on its way into a file."""

    def __init__(self, kept: Mapping[str, Json]) -> None:
        self.lost: list[str] = []
        self.spelt = list(kept.get("written", []))

    def node(self, node: Node) -> dict[str, Json] | None:
        said = tree.node_to_json(node)
        for place, (ours, theirs) in enumerate(self.spelt):
            if _same(ours, said):
                del self.spelt[place]
                return dict(theirs)
        try:
            if isinstance(node, Condition):
                return nsp_words.write(node)
            if isinstance(node, Not):
                return self.turned(node.node)
        except Unknown as why:
            self.lost.append(str(why))
            return None
        return {"all" if isinstance(node, All) else "any": self.members(node.nodes)}

    def members(self, nodes: tuple[Node, ...]) -> list[Json]:
        return [said for said in map(self.node, nodes) if said is not None]

    def turned(self, node: Node) -> dict[str, Json] | None:
        """What holds where `node` does not."""
        if isinstance(node, Not):
            return self.node(node.node)
        if isinstance(node, Condition):
            name = FIELDS[node.field].nsp
            if node.op == "on" and name is not None:
                return {"isNot": {name: node.value}}
            return nsp_words.write(nsp_words.turned(node))
        inner = tuple(Not(each) for each in node.nodes)
        return self.node(Any(inner) if isinstance(node, All) else All(inner))


def _written(rule: Rule) -> tuple[dict[str, Json], list[str]]:
    kept = _kept(rule)
    writing = _Writing(kept)
    assert isinstance(rule.match, All | Any)
    members = writing.members(rule.match.nodes)
    top = "all" if isinstance(rule.match, All) else "any"
    if rule.match == Any() and kept.get("top") in ("all", "any"):
        top = str(kept["top"])
    for each in kept.get("unknown", ()):
        _put_back(members, each)
    document: dict[str, Json] = dict(kept.get("document", {}))
    document[top] = members
    if _sorts(document)[0] != rule.sort:
        document.pop("order", None)
        document.pop("sort", None)
        document |= _sorted(rule, writing.lost)
    if _limit(document)[0] != rule.limit:
        document.pop("limit", None)
        if rule.limit is not None and rule.limit.kind == "tracks":
            document["limit"] = rule.limit.amount
        elif rule.limit is not None:
            writing.lost.append(f"a limit in {rule.limit.kind} has no counterpart")
    return document, writing.lost


def _sorted(rule: Rule, lost: list[str]) -> dict[str, Json]:
    parts: list[tuple[str, bool]] = []
    for sort in rule.sort:
        name = RANDOM if sort.by == RANDOM else FIELDS[sort.by].nsp
        if name is None:
            lost.append(f"sort {sort.by} has no counterpart")
        else:
            parts.append((name, sort.descending))
    if len(parts) == 1:
        return {"sort": parts[0][0], "order": "desc" if parts[0][1] else "asc"}
    return {"sort": ",".join(("-" if down else "") + name for name, down in parts)} if parts else {}


def _put_back(members: list[Json], unknown: Mapping[str, Json]) -> None:
    """What was not understood, where it stood; at the end where that place is gone."""
    at, group = list(unknown["at"]), members
    for place in at[:-1]:
        inner = group[place] if place < len(group) else {}
        deeper = (inner.get("all") or inner.get("any")) if isinstance(inner, dict) else None
        if not isinstance(deeper, list):
            members.append(unknown["node"])
            return
        group = deeper
    group.insert(at[-1], unknown["node"])


def _same(one: Json, other: Json) -> bool:
    """Whether two are the same JSON: 1 is not true there."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
