"""A language model that Ollama runs, reading what is written about music."""

from __future__ import annotations

from typing import Any

from resonance.adapters.ollama.client import OllamaClient


class OllamaReader:
    """analysis.mood_reading.Reader."""

    def __init__(self, client: OllamaClient, model: str) -> None:
        self._client, self._model = client, model

    @property
    def model(self) -> str:
        """See Reader."""
        return self._model

    def answer(self, instructions: str, text: str, schema: dict[str, Any]) -> str:
        """See Reader."""
        return self._client.chat(self._model, instructions, text, schema)
