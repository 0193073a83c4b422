"""A sentence into a playlist."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import one
from resonance.assistant.answer import PromptMade, PromptPlanned
from resonance.assistant.assistant import SEEDS
from resonance.assistant.plan import LONGEST_TEXT, from_json
from resonance.assistant.saving import PromptSaved

router = APIRouter(prefix="/prompt", tags=["prompt"])
Text = Annotated[str, Field(max_length=LONGEST_TEXT, description='"90 minutes, dinner jazz to disco"')]
Seed = Annotated[int, Field(ge=0, le=SEEDS, description="Another seed, another list")]
PlanBody = Annotated[dict[str, Any], Field(description="A plan as /prompt/plan answers it, changed or not")]


class Sentence(BaseModel):
    """What is asked for, in words."""

    model_config = ConfigDict(extra="forbid")

    text: Text


class MakeBody(BaseModel):
    """A plan, or a sentence to make one of; where both are given the plan counts."""

    model_config = ConfigDict(extra="forbid")

    text: Text | None = None
    plan: PlanBody | None = None
    seed: Seed = 1


class SaveBody(BaseModel):
    """`live`: a playlist that follows what of the plan is a rule; else the tracks as made with this seed."""

    model_config = ConfigDict(extra="forbid")

    plan: PlanBody
    seed: Seed = 1
    name: str
    live: bool = False


@router.post("/plan", responses=one(PromptPlanned))
def plan(request: Request, caller: CallerDep, body: Sentence) -> Response:
    """What a sentence asks for: its pieces as chips, and the words that nothing was made of."""
    return answer(services(request).assistant.plan(caller, body.text))


@router.post("/make", responses=one(PromptMade))
def make(request: Request, caller: CallerDep, body: MakeBody) -> Response:
    """The list of a sentence or a plan, with a reason for each track."""
    assistant = services(request).assistant
    if body.plan is not None:
        return answer(assistant.make(caller, from_json(body.plan), seed=body.seed))
    plan, by = assistant.understood(caller, body.text or "")
    return answer(assistant.make(caller, plan, seed=body.seed, by=by))


@router.post("/save", status_code=201, responses=one(PromptSaved, 201))
def save(request: Request, caller: CallerDep, body: SaveBody) -> Response:
    """Keep a list as a playlist: fixed, or live."""
    assistant = services(request).assistant
    kept = assistant.save(caller, from_json(body.plan), seed=body.seed, name=body.name, live=body.live)
    return answer(kept, 201)
