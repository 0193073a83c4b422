"""A language model that Ollama runs, filling in a plan while somebody waits."""

from __future__ import annotations

from typing import Any

from resonance.adapters.ollama.client import OllamaClient


class OllamaPlanner:
    """assistant.ports.Planner."""

    def __init__(self, client: OllamaClient, model: str) -> None:
        self._client, self._model = client, model

    @property
    def model(self) -> str:
        """See Planner."""
        return self._model

    def answer(self, instructions: str, text: str, schema: dict[str, Any]) -> str:
        """See Planner."""
        return self._client.chat(self._model, instructions, text, schema, patient=False)
