"""The shapes of msgspec answers (structs, typed dicts) in the OpenAPI document.

Handlers that write bytes have no response model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from fastapi import FastAPI

Responses = dict[int | str, dict[str, Any]]
_REF = "#/components/schemas/{name}"
_named: dict[str, type] = {}


def one(kind: type[Any], status: int = 200) -> Responses:
    """The answer is one `kind`."""
    return _responses(_ref(kind), status)


def many(kind: type[Any]) -> Responses:
    """The answer is {"items": [kind]}."""
    return _responses(_object({"items": {"type": "array", "items": _ref(kind)}}), 200)


def paged(kind: type[Any]) -> Responses:
    """The answer is a page of `kind`."""
    more = {
        "items": {"type": "array", "items": _ref(kind)},
        "next": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    }
    total = {"total": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}
    return _responses(_object(more) | {"properties": more | total}, 200)


def install(app: FastAPI) -> None:
    """Add the named shapes to the document the app describes itself with."""
    bare = app.openapi

    def described() -> dict[str, Any]:
        document = bare()
        _, shapes = msgspec.json.schema_components(_named.values(), ref_template=_REF)
        document.setdefault("components", {}).setdefault("schemas", {}).update(shapes)
        return document

    app.openapi = described  # type: ignore[method-assign]


def _ref(kind: type[Any]) -> dict[str, Any]:
    _named[kind.__name__] = kind
    return {"$ref": _REF.format(name=kind.__name__)}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _responses(schema: dict[str, Any], status: int) -> Responses:
    return {status: {"content": {"application/json": {"schema": schema}}}}
