"""Errors as application/problem+json (RFC 9457), with our `code` and the request's id."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from resonance.core.errors import Invalid, ResonanceError, TooMany, Unavailable
from resonance.core.logs import logger

log = logger(__name__)

_TEXT = {"type": "string"}
SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "An error as RFC 9457 has it. `code` is a stable word, `detail` a sentence for a person.",
    "type": "object",
    "properties": {
        **dict.fromkeys(("type", "title", "code", "detail"), _TEXT),
        "status": {"type": "integer"},
        "request_id": {"type": ["string", "null"]},
        "field": {**_TEXT, "description": "The part of the request that is wrong"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": _TEXT, "detail": _TEXT},
                "required": ["field", "detail"],
            },
        },
    },
    "required": ["type", "title", "status", "code", "detail", "request_id"],
}


def problem(request: Request, status: int, code: str, detail: str, **more: Any) -> JSONResponse:
    """One problem answer."""
    body = {
        "type": f"urn:resonance:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": getattr(request.state, "request_id", None),
        **{name: value for name, value in more.items() if value is not None},
    }
    return JSONResponse(body, status, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    """Translate every error the app can raise, and describe that in the app's own document."""
    app.add_exception_handler(ResonanceError, _ours)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)
    _describe(app)


def _describe(app: FastAPI) -> None:
    bare = app.openapi
    answer = {
        "description": "Refused",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }

    def described() -> dict[str, Any]:
        document = bare()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for name in ("HTTPValidationError", "ValidationError"):  # the framework's own form, never sent
            schemas.pop(name, None)
        schemas["Problem"] = SCHEMA
        for operations in document["paths"].values():
            for operation in operations.values():
                operation["responses"].pop("422", None)
                operation["responses"]["4XX"] = answer
        return document

    app.openapi = described  # type: ignore[method-assign]


def _ours(request: Request, fault: Exception) -> JSONResponse:
    assert isinstance(fault, ResonanceError)
    more: dict[str, Any] = {}
    if isinstance(fault, Invalid):
        more["field"] = fault.field
    answer = problem(request, fault.status, fault.code, fault.message, **more)
    if isinstance(fault, TooMany | Unavailable) and fault.retry_after is not None:
        answer.headers["Retry-After"] = str(fault.retry_after)
    if fault.status >= 500:
        log.error("request.failed", code=fault.code, detail=fault.message, exc_info=fault)
    return answer


def _validation(request: Request, fault: Exception) -> JSONResponse:
    assert isinstance(fault, RequestValidationError)
    errors = [
        {"field": ".".join(str(part) for part in error["loc"][1:]), "detail": error["msg"]}
        for error in fault.errors()
    ]
    first = errors[0] if errors else {"field": None, "detail": "The request is malformed."}
    detail = f"{first['field']}: {first['detail']}" if first["field"] else first["detail"]
    return problem(request, 422, "invalid", str(detail), field=first["field"], errors=errors)


def _http(request: Request, fault: Exception) -> JSONResponse:
    assert isinstance(fault, HTTPException)
    code = HTTPStatus(fault.status_code).name.lower()
    answer = problem(request, fault.status_code, code, str(fault.detail))
    answer.headers.update(fault.headers or {})
    return answer


def _unexpected(request: Request, fault: Exception) -> JSONResponse:
    log.error("request.crashed", exc_info=fault)
    return problem(request, 500, "error", "The server met an unexpected fault. Its log has the details.")
