"""The text form of rules: what a person types, and what every rule can be written as (docs/rules.md).

    genre:jazz bpm:80..110 -live added:<30d sort:-year limit:90min

`parse(write(rule))` is the rule again, but for what an .nsp said besides.
"""

from __future__ import annotations

from resonance.rules.parser import TextError, read
from resonance.rules.tree import All, Any, Condition, Node, Not, Rule
from resonance.rules.values import is_word, quoted, written

__all__ = ["TextError", "parse", "write"]


def write(rule: Rule) -> str:
    """One line that `parse` reads."""
    parts = [_whole(rule.match)]
    if rule.sort:
        parts.append("sort:" + ",".join(f"{'-' if sort.descending else ''}{sort.by}" for sort in rule.sort))
    if rule.limit is not None:
        unit = {"tracks": "", "minutes": "min", "megabytes": "mb"}[rule.limit.kind]
        parts.append(f"limit:{rule.limit.amount!r}{unit}")
    if rule.seed is not None:
        parts.append(f"seed:{rule.seed}")
    return " ".join(part for part in parts if part)


def write_node(node: Node) -> str:
    """One node as it stands among others."""
    if isinstance(node, Condition):
        return written(node)
    if isinstance(node, Not):
        return f"-{write_node(node.node)}"
    if (word := is_word(node)) is not None:
        return quoted(word)
    if len(node.nodes) < 2:
        kind = "all" if isinstance(node, All) else "any"
        return f"{kind}({''.join(map(write_node, node.nodes))})"
    return f"({_joined(node)})"


def _whole(node: Node) -> str:
    """The outermost group, which needs no brackets."""
    assert isinstance(node, All | Any)
    if len(node.nodes) > 1:
        return _joined(node)
    if isinstance(node, All) and not node.nodes:
        return ""
    if isinstance(node, All):
        (only,) = node.nodes
        if not isinstance(only, All | Any) or is_word(only) is not None:
            return write_node(only)
    return write_node(node)


def _joined(node: All | Any) -> str:
    return (" " if isinstance(node, All) else " OR ").join(map(write_node, node.nodes))


def parse(text: str) -> Rule:
    """The rule that a text says. Raises TextError, an Invalid that knows the place."""
    return read(text)
