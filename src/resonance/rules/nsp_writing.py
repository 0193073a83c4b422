"""A rule as Navidrome would write it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as Json

from resonance.rules import nsp_words, tree
from resonance.rules.fields import FIELDS
from resonance.rules.nsp_ends import read_limit, read_sorts, same, write_sorts
from resonance.rules.nsp_words import Unknown
from resonance.rules.tree import All, Any, Condition, Node, Not, Rule


def kept_of(rule: Rule) -> dict[str, Json]:
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


class Writing:
    """A rule on its way into a file."""

    def __init__(self, kept: Mapping[str, Json]) -> None:
        self.lost: list[str] = []
        self.spelt = list(kept.get("written", []))

    def node(self, node: Node) -> dict[str, Json] | None:
        said = tree.node_to_json(node)
        for place, (ours, theirs) in enumerate(self.spelt):
            if same(ours, said):
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


def written(rule: Rule) -> tuple[dict[str, Json], list[str]]:
    """The JSON of a file, and what of the rule Navidrome will not see."""
    kept = kept_of(rule)
    writing = Writing(kept)
    assert isinstance(rule.match, All | Any)
    members = writing.members(rule.match.nodes)
    top = "all" if isinstance(rule.match, All) else "any"
    if rule.match == Any() and kept.get("top") in ("all", "any"):
        top = str(kept["top"])
    for each in kept.get("unknown", ()):
        _put_back(members, each)
    document: dict[str, Json] = dict(kept.get("document", {}))
    document[top] = members
    if read_sorts(document)[0] != rule.sort:
        document.pop("order", None)
        document.pop("sort", None)
        document |= write_sorts(rule, writing.lost)
    if read_limit(document)[0] != rule.limit:
        document.pop("limit", None)
        if rule.limit is not None and rule.limit.kind == "tracks":
            document["limit"] = rule.limit.amount
        elif rule.limit is not None:
            writing.lost.append(f"a limit in {rule.limit.kind} has no counterpart")
    return document, writing.lost


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
