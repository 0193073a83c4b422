"""What an .nsp file says as a rule. What means nothing here is kept in `Rule.kept["nsp"]`, and named."""

from __future__ import annotations

import json
from typing import Any as Json

from resonance.core.errors import Invalid
from resonance.rules import nsp_words, tree
from resonance.rules.nsp_ends import read_limit, read_sorts, same
from resonance.rules.nsp_words import OPERATORS, Unknown
from resonance.rules.nsp_writing import Writing
from resonance.rules.tree import MAX_DEPTH, MAX_NODES, All, Any, Node, Rule

OWN = "resonance"  # what Navidrome cannot say


class Reading:
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
        plain = [same(Writing({}).node(tree.node_from_json(ours)), theirs) for ours, theirs in self.written]
        odd = {json.dumps(ours) for (ours, _), same in zip(self.written, plain, strict=True) if not same}
        return [pair for pair in self.written if json.dumps(pair[0]) in odd]


def read_document(document: dict[str, Json]) -> tuple[Rule, list[str]]:
    """The rule of a file, and what of the file means nothing here. Raises Invalid."""
    kinds = [key for key in document if key.lower() in ("all", "any")]
    if len(kinds) != 1:
        raise Invalid("A smart playlist has one of all and any.", field="nsp", code="nsp")
    top, reading = kinds[0].lower(), Reading()
    match, known = reading.group(top, document[kinds[0]], ())
    if not known and not reading.unknown:
        raise Invalid("A smart playlist has at least one condition.", field="nsp", code="nsp")
    if not known:
        match = Any()  # better nothing than everything
    beside = {key: value for key, value in document.items() if key not in (*kinds, OWN)}
    sort, strange = read_sorts(beside)
    limit, odd = read_limit(beside)
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
