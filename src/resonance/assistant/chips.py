"""A plan as chips."""

from __future__ import annotations

from resonance.assistant import kinds
from resonance.assistant.answer import PromptChip
from resonance.assistant.plan import Plan

_LABELS = {("played", False): "not played", ("genre", False): "only", ("artist", False): "by"}


def chips(plan: Plan) -> list[PromptChip]:
    """A chip for each piece, in their order."""
    found = []
    for piece in plan.pieces:
        kind = kinds.KINDS[piece.kind]
        never = kind.never(piece.value) and piece.kind != "played"
        found.append(
            PromptChip(
                kind=piece.kind,
                label="never" if never else _LABELS.get((piece.kind, False), kind.label),
                text=kind.shown(piece.value),
                words=piece.words,
                value=dict(piece.value),
                sure=piece.sure,
                never=never,
                editable=True,
            )
        )
    return found
