"""GraphQL types made of structs: what is shown of them, and what arrives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Literal, NotRequired, TypedDict, TypeVar

import pytest
import strawberry
from msgspec import Struct

from resonance.api.graphql.mirrors import field, mirror, mirror_input
from resonance.core.errors import Invalid

T = TypeVar("T")


class Base(Struct, frozen=True, kw_only=True):
    """A thing. `made_at` is None before it is made."""

    id: str
    made_at: str | None
    size: int


class Whole(Base, frozen=True, kw_only=True):
    """A thing with
    its parts.

    `part_ids` in order.
    """

    part_ids: list[str]
    parts: list[Base]
    kind: Literal["a", "b"]
    extra: dict[str, Any]
    secret: str = ""
    from_: str = ""


class Kept(TypedDict):
    """Out of a dictionary."""

    name: str
    path: NotRequired[str]
    inner: Base | None


@dataclass(frozen=True)
class Pages(Generic[T]):
    items: list[T]
    next: str | None = None


class Wanted(Struct, frozen=True, kw_only=True):
    kind: Literal["a", "b"]
    track_id: str | None = None
    words: list[str] = []
    inner: Wanted | None = None


class More:
    @field(description="How many parts.")
    def count(self: Any) -> int:
        return len(self.parts)


mirror(Base, name="Thing", instead={"size": float})
mirror(Whole, beyond=Base, omit={"secret"}, extra=More)
mirror(Kept)
mirror(Pages[Base], name="ThingPage")
mirror_input(Wanted)

THING = Base(id="1", made_at=None, size=2**40)


@strawberry.type
class Query:
    @field()
    def whole(self) -> Whole:
        return Whole(
            id="2",
            made_at=None,
            size=1,
            part_ids=["1"],
            parts=[THING],
            kind="a",
            extra={"x": [1]},
            secret="no",
            from_="here",
        )

    @field()
    def kept(self) -> list[Kept]:
        return [{"name": "one", "inner": THING}, {"name": "two", "path": "/x", "inner": None}]

    @field()
    def page(self) -> Pages[Base]:
        return Pages([THING])

    @field()
    def echo(self, wanted: Wanted, others: list[Wanted] | None = None) -> str:
        assert isinstance(wanted, Wanted)
        return repr((wanted, others))


SCHEMA = strawberry.Schema(Query)


def ask(query: str) -> Any:
    answer = SCHEMA.execute_sync(query)
    assert answer.errors is None, answer.errors
    return answer.data


def test_fields_and_descriptions() -> None:
    text = SCHEMA.as_str()
    for part in (
        "type Thing {\n  id: ID!\n  madeAt: String\n  size: Float!\n}",
        "  partIds: [ID!]!\n  parts: [Thing!]!\n  kind: String!\n  extra: JSON!\n  from: String!\n",
        '"""How many parts."""\n  count: Int!\n}',
        '"""A thing. `madeAt` is null before it is made."""',
        '"""\nA thing with its parts.\n\n`partIds` in order.\n"""',
        "type Kept {\n  name: String!\n  path: String\n  inner: Thing\n}",
        "type ThingPage {\n  items: [Thing!]!\n  next: String\n}",
        "  trackId: ID = null\n  words: [String!]! = []\n  inner: WantedInput = null\n}",
    ):
        assert part in text, text
    assert "secret" not in text


def test_values_are_read_off_what_is_answered() -> None:
    assert ask("{ whole { partIds parts { id size } kind extra from count } }")["whole"] == {
        "partIds": ["1"],
        "parts": [{"id": "1", "size": 2**40}],
        "kind": "a",
        "extra": {"x": [1]},
        "from": "here",
        "count": 1,
    }
    assert ask("{ kept { name path inner { id } } }")["kept"] == [
        {"name": "one", "path": None, "inner": {"id": "1"}},
        {"name": "two", "path": "/x", "inner": None},
    ]
    assert ask("{ page { items { id } next } }")["page"] == {"items": [{"id": "1"}], "next": None}


def test_arguments_arrive_as_structs() -> None:
    inner = Wanted(kind="b", track_id="1", words=["x"])
    told = ask(
        '{ echo(wanted: {kind: "a", inner: {kind: "b", trackId: "1", words: ["x"]}}, others: [{kind: "b"}]) }'
    )
    assert told["echo"] == repr((Wanted(kind="a", inner=inner), [Wanted(kind="b")]))
    answer = SCHEMA.execute_sync('{ echo(wanted: {kind: "a", inner: {kind: "c"}}) }')
    assert answer.errors is not None
    fault = answer.errors[0].original_error
    assert isinstance(fault, Invalid) and fault.field == "inner.kind"


def test_a_struct_has_one_mirror() -> None:
    with pytest.raises(ValueError, match="has a mirror"):
        mirror(Base)
