"""What this room needs from outside."""

from __future__ import annotations

from typing import Any, Protocol


class Planner(Protocol):
    """A language model that answers with JSON of a schema."""

    @property
    def model(self) -> str:
        """Its name: "llama3.2"."""

    def answer(self, instructions: str, text: str, schema: dict[str, Any]) -> str:
        """The answer as text. Raises Unavailable when the model does not answer while somebody waits."""
