"""Rules: what they may say, what they find, and the playlists that follow one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.media import attachment
from resonance.api.rest.playlists import SeenVersion
from resonance.api.shapes import many, one
from resonance.model.playlist import PlaylistItem
from resonance.model.smart import NspImport, PlaylistRule, RuleFieldItem, RulePreview, RuleSuggestion
from resonance.playlists import rule_values, smart_words

router = APIRouter(tags=["rules"])
RuleJson = Annotated[dict[str, Any], Field(description="A rule: {match, sort, limit, seed}")]
Typed = Annotated[str, Field(max_length=10_000, description='As it is typed: "genre:jazz bpm:80..110"')]
PLAYLIST = "/playlists/{playlist_id}"


class RuleQuestion(BaseModel):
    """A rule in one of its three forms, and how many of its first tracks to answer."""

    rule: RuleJson | None = None
    text: Typed | None = None
    nsp: Annotated[str | None, Field(max_length=200_000, description="An .nsp file of Navidrome")] = None
    limit: Annotated[int, Field(ge=0, le=500)] = 40


class NewRule(BaseModel):
    """The rule to follow, as JSON or as it is typed."""

    rule: RuleJson | None = None
    text: Typed | None = None


class NspFile(BaseModel):
    """A smart playlist of Navidrome; name and public are as the file says where they are not given."""

    nsp: Annotated[str, Field(max_length=200_000)]
    name: str | None = None
    public: bool | None = None


@router.get("/rules/fields", responses=many(RuleFieldItem))
def fields(_request: Request, _caller: CallerDep) -> Response:
    """Every field that a rule may ask about."""
    return answer({"items": smart_words.fields()})


@router.get("/rules/suggest", responses=many(RuleSuggestion))
def suggest(
    request: Request,
    caller: CallerDep,
    field: Annotated[str, Query(max_length=100)],
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Values that the caller's music has of a field."""
    with services(request).db.read(caller.user_id) as uow:
        return answer({"items": rule_values.suggestions(uow, caller, field, q)})


@router.post("/rules/preview", responses=one(RulePreview))
def preview(request: Request, caller: CallerDep, body: RuleQuestion) -> Response:
    """What a rule finds right now; nothing is kept."""
    rule, unknown = smart_words.given(rule=body.rule, typed=body.text, file=body.nsp)
    return answer(services(request).smart.preview(caller, rule, limit=body.limit, unknown=unknown))


@router.get(f"{PLAYLIST}/rule", responses=one(PlaylistRule))
def get_rule(request: Request, caller: CallerDep, playlist_id: str) -> Response:
    """The rule that the caller's playlist follows."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer(built.smart.rule(uow, caller, playlist_id))


@router.put(f"{PLAYLIST}/rule", responses=one(PlaylistItem))
def set_rule(
    request: Request, caller: CallerDep, playlist_id: str, body: NewRule, seen: SeenVersion
) -> Response:
    """Let a playlist follow a rule from now on; its tracks become those of the rule."""
    rule, _ = smart_words.given(rule=body.rule, typed=body.text)
    return answer(services(request).smart.set_rule(caller, playlist_id, rule, version=seen))


@router.post(f"{PLAYLIST}/refresh", responses=one(PlaylistItem))
def refresh(request: Request, caller: CallerDep, playlist_id: str) -> Response:
    """Ask the rule again now."""
    return answer(services(request).smart.refresh(caller, playlist_id))


@router.post(f"{PLAYLIST}/freeze", responses=one(PlaylistItem))
def freeze(request: Request, caller: CallerDep, playlist_id: str, seen: SeenVersion) -> Response:
    """Make it a normal playlist with the tracks that it has now."""
    return answer(services(request).smart.freeze(caller, playlist_id, version=seen))


@router.get(
    f"{PLAYLIST}/rule.nsp",
    responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
)
def export_nsp(request: Request, caller: CallerDep, playlist_id: str) -> Response:
    """The rule as a smart playlist of Navidrome."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        name, file = built.smart.nsp_file(uow, caller, playlist_id)
    headers = {"Content-Disposition": attachment(f"{name}.nsp"), "Cache-Control": "private, no-store"}
    return Response(file, media_type="application/json", headers=headers)


@router.post("/playlists/nsp", status_code=201, responses=one(NspImport, 201))
def import_nsp(request: Request, caller: CallerDep, body: NspFile) -> Response:
    """A smart playlist of a Navidrome one, with a report of what means nothing here."""
    smart = services(request).smart
    return answer(smart.create_from_nsp(caller, body.nsp, name=body.name, public=body.public), 201)
