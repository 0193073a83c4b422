"""What a rule is made of: a tree of conditions, an order, and where the list ends."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Value: TypeAlias = "str | int | float | bool | Near | Like | tuple[typing.Any, typing.Any] | None"


@dataclass(frozen=True, slots=True)
class Near:
    """A key ("8A") and how many steps round the Camelot wheel still count; a change of letter is one."""

    key: str
    within: int


@dataclass(frozen=True, slots=True)
class Like:
    """What shall sound alike: a track, artist or album by id, or words; and how much (0..1) is enough."""

    of: Literal["track", "artist", "album", "text"]
    value: str
    at_least: float


@dataclass(frozen=True, slots=True)
class Condition:
    """One question about one field. Values: fields.OPERATORS and docs/rules.md."""

    field: str
    op: str
    value: Value = None


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where `node` does not."""

    node: Node


@dataclass(frozen=True, slots=True)
class All:
    """Holds where every one does; without any it always does."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """Holds where one does; without any it never does."""

    nodes: tuple[Node, ...] = ()


Node: TypeAlias = "All | Any | Not | Condition"


@dataclass(frozen=True, slots=True)
class Sort:
    """One step of an order: a field of fields.SORTS."""

    by: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a list ends: minutes and megabytes (10^6 bytes) before the first track that exceeds them."""

    kind: Literal["tracks", "minutes", "megabytes"]
    amount: int | float


@dataclass(frozen=True)
class Rule:
    """A whole rule. `match` is a group: what is none is put into one. `kept` is what an .nsp said besides."""

    match: Node = All()
    sort: tuple[Sort, ...] = ()
    limit: Limit | None = None
    seed: int | None = None
    kept: Mapping[str, typing.Any] | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.match, All | Any):
            object.__setattr__(self, "match", All((self.match,)))


def conditions(node: Node) -> Iterator[Condition]:
    """Every condition in a tree."""
    if isinstance(node, Condition):
        yield node
    elif isinstance(node, Not):
        yield from conditions(node.node)
    else:
        for each in node.nodes:
            yield from conditions(each)
