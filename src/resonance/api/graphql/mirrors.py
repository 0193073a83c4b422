"""GraphQL types made of what services answer with, so that no field is written a second time.

`mirror(SetItem)` makes the GraphQL type of a struct (a TypedDict or dataclass will do as well), and
`mirror_input(SetPool)` the input of one. A resolver then says what its service says:

    @field(description="Your sets, by name.")
    def dj_sets(self, info: Info) -> list[SetItem]:
        return info.context.services.sets.all(info.context.uow, info.context.caller)

`field` and `mutation` read these annotations and show Strawberry the mirrors instead; what is answered stays
the struct, of which the fields are read by name. An argument annotated with a struct is handed over as one.
A type is looked up when the schema is built, so the order in which mirrors are made does not matter.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import inspect
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from types import UnionType
from typing import (
    Any,
    Literal,
    NotRequired,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

import msgspec
import strawberry
from strawberry.scalars import JSON
from strawberry.types.field import StrawberryField
from strawberry.utils.str_converters import to_camel_case

from resonance.core.errors import Invalid

Resolver = Callable[..., Any]

_outputs: dict[Any, type] = {}
_inputs: dict[Any, type] = {}
_sources: dict[type, Any] = {}  # of each input
_ID_NAMES = re.compile(r"(^|_)ids?$")
_QUOTED = re.compile(r"`(\w+)`")


def mirror(
    source: Any,
    *,
    name: str | None = None,
    ids: Collection[str] = (),
    omit: Collection[str] = (),
    beyond: type | None = None,
    instead: Mapping[str, Any] | None = None,
    extra: type | None = None,
    description: str | None = None,
) -> None:
    """Make the GraphQL type of `source`; its docstring becomes the description where there is none.

    Text fields called id, ..._id or ..._ids are IDs, and so are those in `ids`. `omit` leaves fields out,
    `beyond` those that `source` has from this base. `instead` gives fields another type: float where a whole
    number may outgrow GraphQL's 32 bits. The resolvers of the class `extra` are added, or stand instead.
    """
    mine = _unfilled(_outputs, source)
    left_out = {*omit, *(get_type_hints(beyond) if beyond else ())}
    added = {key: value for key, value in vars(extra or object).items() if isinstance(value, StrawberryField)}
    hints = _hints(source)
    read = _Key if is_typeddict(source) else StrawberryField
    for key, hint in hints.items():
        if key in left_out or key in added:
            continue
        mine.__annotations__[key] = _asked(key, hint, _outputs, ids, instead or {})
        setattr(mine, key, read(graphql_name=_public(key)))
    for key, value in added.items():
        setattr(mine, key, value)
    strawberry.type(mine, name=name or _name(source), description=description or _told(source, hints))


def mirror_input(
    source: type,
    *,
    name: str | None = None,
    ids: Collection[str] = (),
    instead: Mapping[str, Any] | None = None,
) -> None:
    """Make the input of a struct or dataclass, with its defaults. `ids` and `instead`: as for `mirror`."""
    mine = _unfilled(_inputs, source)
    _sources[mine] = source
    hints = _hints(source)
    for key, default in _defaults(source).items():
        mine.__annotations__[key] = _asked(key, hints[key], _inputs, ids, instead or {})
        setattr(mine, key, strawberry.field(name=_public(key), **default))
    strawberry.input(mine, name=name or f"{_name(source)}Input", description=_told(source, hints))


def field(*, name: str | None = None, description: str | None = None) -> Callable[[Resolver], Any]:
    """A field of a query or of a mirror; its annotations may name structs."""
    return lambda resolver: strawberry.field(_typed(resolver), name=name, description=description)


def mutation(*, name: str | None = None, description: str | None = None) -> Callable[[Resolver], Any]:
    """The same for a mutation."""
    return lambda resolver: strawberry.mutation(_typed(resolver), name=name, description=description)


def subscription(*, name: str | None = None, description: str | None = None) -> Callable[[Resolver], Any]:
    """The same for a subscription."""
    return lambda resolver: strawberry.subscription(_typed(resolver), name=name, description=description)


class _Key(StrawberryField):
    """A field that is read out of a dictionary; a key that is not there is null."""

    def get_result(self, source: Any, info: Any, args: Any, kwargs: Any) -> Any:
        """Called for every value of an answer."""
        return source.get(self.python_name)


def _mirrored(mirrors: dict[Any, type], source: Any) -> type:
    """The class of a mirror, which stays empty until `mirror` fills it."""
    if source not in mirrors:
        # Strawberry names the class when it is not filled: as the one that needs a mirror.
        body = {"__module__": (get_origin(source) or source).__module__, "__annotations__": {}}
        mirrors[source] = type(_name(source), (), body)
    return mirrors[source]


def _unfilled(mirrors: dict[Any, type], source: Any) -> type:
    mine = _mirrored(mirrors, source)
    if hasattr(mine, "__strawberry_definition__"):
        raise ValueError(f"{source} has a mirror.")
    return mine


def _typed(resolver: Resolver) -> Resolver:
    """The resolver with mirrors where its annotations name structs; such arguments arrive as structs."""
    hints = get_type_hints(resolver, include_extras=True)
    seen = {
        key: hint if key in ("self", "info") else _seen(hint, _outputs if key == "return" else _inputs)
        for key, hint in hints.items()
    }
    resolver.__annotations__ = seen
    taken = [key for key, hint in hints.items() if key != "return" and seen[key] is not hint]
    if not taken:
        return resolver

    @functools.wraps(resolver)
    def with_structs(*args: Any, **given: Any) -> Any:
        return resolver(*args, **given | {key: _given(given[key]) for key in taken if key in given})

    return with_structs


def _asked(
    key: str, hint: Any, mirrors: dict[Any, type], ids: Collection[str], instead: Mapping[str, Any]
) -> Any:
    if key in instead:
        return instead[key]
    return _seen(hint, mirrors, text=strawberry.ID if key in ids or _ID_NAMES.search(key) else str)


def _seen(hint: Any, mirrors: dict[Any, type], text: Any = str) -> Any:
    """An annotation as Strawberry understands it: the very same, unless a struct or the like is in it."""
    origin, args = get_origin(hint), get_args(hint)
    if _is_record(origin or hint):
        return _mirrored(mirrors, hint)
    if hint is str:
        return text
    if origin is Literal:
        return text
    if hint is Any or origin is dict or hint is dict:
        return JSON
    if origin is NotRequired:
        return _seen(args[0], mirrors, text) | None
    inner = tuple(_seen(each, mirrors, text) for each in args if each is not Ellipsis)
    if inner == args:
        return hint
    if origin in (Union, UnionType):
        return Union[inner]  # noqa: UP007 - made of values
    if origin in (Sequence, tuple):
        return list[inner[0]]  # type: ignore[valid-type]
    return origin[inner]


def _is_record(kind: Any) -> bool:
    if hasattr(kind, "__strawberry_definition__") or not isinstance(kind, type):
        return False
    return issubclass(kind, msgspec.Struct) or is_typeddict(kind) or dataclasses.is_dataclass(kind)


def _hints(source: Any) -> dict[str, Any]:
    """Field -> type, of a generic one with what its variables stand for."""
    origin = get_origin(source) or source
    hints = get_type_hints(origin, include_extras=True)
    stand_for = dict(zip(getattr(origin, "__parameters__", ()), get_args(source), strict=True))
    return {key: _filled(hint, stand_for) for key, hint in hints.items()}


def _filled(hint: Any, stand_for: dict[Any, Any]) -> Any:
    if isinstance(hint, TypeVar):
        return stand_for.get(hint, hint)
    open_ones = getattr(hint, "__parameters__", ())
    return hint[tuple(stand_for[each] for each in open_ones)] if open_ones else hint


def _defaults(source: type) -> dict[str, dict[str, Any]]:
    """Field -> its default in the words of strawberry.field, empty where it must be given."""
    every: Sequence[Any]
    if issubclass(source, msgspec.Struct):
        every, none = msgspec.structs.fields(source), msgspec.NODEFAULT
    else:
        every, none = dataclasses.fields(source), dataclasses.MISSING  # type: ignore[arg-type,assignment]
    found: dict[str, dict[str, Any]] = {}
    for each in every:
        given = {"default": each.default, "default_factory": each.default_factory}
        if each.default == ():
            given = {"default_factory": list}
        found[each.name] = {key: value for key, value in given.items() if value is not none}
    return found


def _given(value: Any) -> Any:
    """An argument as the service takes it."""
    if isinstance(value, list):
        return [_given(each) for each in value]
    source = _sources.get(type(value))
    if source is None:
        return value.made() if hasattr(value, "made") else value
    if not issubclass(source, msgspec.Struct):
        return source(**{key: _given(each) for key, each in vars(value).items()})
    try:
        return msgspec.convert(_plain(value), source)
    except msgspec.ValidationError as fault:
        text, _, place = str(fault).partition(" - at `$")
        raise Invalid(f"{text}.", field=place.strip("`.") or None) from None


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if type(value) in _sources:
        return {key: _plain(each) for key, each in vars(value).items()}
    return value.value if isinstance(value, enum.Enum) else value


def _name(source: Any) -> str:
    return str((get_origin(source) or source).__name__)


def _public(key: str) -> str | None:
    """A name that Python does not allow stands with a line behind it."""
    return key[:-1] if key.endswith("_") else None


def _told(source: Any, hints: Collection[str]) -> str | None:
    """The docstring as the description, in the words of GraphQL: its names of fields, null for None."""
    text = re.sub(r"\bNone\b", "null", inspect.getdoc(get_origin(source) or source) or "")
    if text.startswith(f"{_name(source)}("):  # what a dataclass says of itself
        return None
    paragraphs = [" ".join(each.split()) for each in text.split("\n\n")]
    names = {key: to_camel_case(key) for key in hints}
    return _QUOTED.sub(lambda quoted: f"`{names.get(quoted[1], quoted[1])}`", "\n\n".join(paragraphs)) or None
