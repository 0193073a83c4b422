"""Which embedder answers: the configured one, else the built-in one, which then says so."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resonance.core.errors import Unavailable
from resonance.search.meaning.builtin import BuiltIn
from resonance.search.meaning.ports import Answered, TextEmbedder
from resonance.search.meaning.question import Question, understand

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resonance.search.vectors.ports import Space

RETRY_S = 30.0  # a model that was down is not waited for again before


@dataclass(frozen=True, slots=True)
class Asked:
    """A question ready to be looked up. `vector` and `space` are the model's; None without one."""

    question: Question
    answered: Answered
    space: Space | None = None
    vector: NDArray[np.float32] | None = None


class Embedders:
    """The built-in embedder, and the configured one where there is one."""

    def __init__(self, configured: TextEmbedder | None = None, *, retry_s: float = RETRY_S) -> None:
        self.builtin = BuiltIn()
        self.configured = configured
        self._retry_s = retry_s
        self._down: tuple[float, str] | None = None  # (until, why), by the monotonic clock

    def all(self) -> tuple[TextEmbedder, ...]:
        """Every embedder that tracks get vectors of."""
        return (self.builtin,) if self.configured is None else (self.builtin, self.configured)

    def ask(self, text: str) -> Asked:
        """Understand the text and embed it. May wait for a model: not inside a writing transaction."""
        question = understand(text)
        model = self.configured
        if model is None or not text.strip():
            return Asked(question, Answered(self.builtin.describe()))
        if self._down is not None and time.monotonic() < self._down[0]:
            return self._fallback(question, self._down[1])
        try:
            space, vector = model.space(), model.embed_query(text)
        except Unavailable as fault:
            self._down = (time.monotonic() + self._retry_s, fault.message)
            return self._fallback(question, fault.message)
        self._down = None
        return Asked(question, Answered(model.describe()), space, vector)

    def _fallback(self, question: Question, why: str) -> Asked:
        return Asked(question, Answered(self.builtin.describe(), why))
