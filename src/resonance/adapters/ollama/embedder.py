"""Texts and tracks as vectors of a model that Ollama runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from resonance.adapters.ollama.client import OllamaClient
from resonance.core.errors import Unavailable
from resonance.search.vectors.comparing import compared
from resonance.search.vectors.ports import Space

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from resonance.search.meaning.ports import TrackDocument

BATCH = 32  # texts in one request
LONGEST = 4000  # letters of a text; models read a few hundred to a few thousand words
KNOWN_FOR_S = 600.0  # a model may be pulled anew, which makes it another one
FORM = 1  # of prefixes and documents: raised when they change


@dataclass(frozen=True)
class Habits:
    """How a model wants to be asked. `cut`: the first so many numbers are a whole vector (Matryoshka).

    `centred`: it must be normalised as a layer before the cut, which servers do not do.
    """

    query: str = "{}"
    document: str = "{}"
    cut: int | None = None
    centred: bool = False


# Of models by the part of the name before the tag, from their cards.
HABITS = {
    "nomic-embed-text": Habits("search_query: {}", "search_document: {}", cut=384, centred=True),
    "embeddinggemma": Habits("task: search result | query: {}", "title: none | text: {}", cut=256),
    "mxbai-embed-large": Habits("Represent this sentence for searching relevant passages: {}"),
}


class OllamaEmbedder:
    """TextEmbedder. The space is known once the model has answered."""

    def __init__(
        self, client: OllamaClient, model: str, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client, self._model, self._clock = client, model, clock
        self._habits = HABITS.get(model.partition(":")[0].rpartition("/")[2], Habits())
        self._lock = threading.Lock()
        self._known: tuple[float, Space] | None = None

    def space(self) -> Space:
        """See TextEmbedder. Its version is the digest of the model."""
        with self._lock:
            if self._known and self._clock() < self._known[0]:
                return self._known[1]
            digest = self._client.digest(self._model)
            dimensions = len(self._embed([self._habits.query.replace("{}", "music")], patient=False)[0])
            name = self._model.removesuffix(":latest")
            version = f"{digest.removeprefix('sha256:')[:16]}.{dimensions}.{FORM}"
            space = Space(f"words:{name}", version, dimensions, self.describe())
            self._known = (self._clock() + KNOWN_FOR_S, space)
            return space

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See TextEmbedder."""
        made = self._fitting(self._embed([self._habits.query.replace("{}", text[:LONGEST])], patient=False))
        one: NDArray[np.float32] = made[0]
        return one

    def embed_documents(self, documents: Sequence[TrackDocument]) -> NDArray[np.float32]:
        """See TextEmbedder."""
        space = self.space()
        texts = [self._habits.document.replace("{}", document.text()[:LONGEST]) for document in documents]
        parts = [
            self._embed(texts[start : start + BATCH], patient=True) for start in range(0, len(texts), BATCH)
        ]
        return self._fitting(np.concatenate([np.empty((0, space.dimensions), np.float32), *parts]))

    def describe(self) -> str:
        """See TextEmbedder."""
        return f"Ollama: {self._model}"

    def _fitting(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Unchanged; Unavailable where the model is another one than a moment ago."""
        if vectors.shape[1] != self.space().dimensions:
            with self._lock:
                self._known = None
            raise Unavailable("ollama", f"The model {self._model} has changed.", retry_after=5)
        return vectors

    def _embed(self, texts: Sequence[str], *, patient: bool) -> NDArray[np.float32]:
        cut, centred = self._habits.cut, self._habits.centred
        rows = self._client.embed(self._model, texts, dimensions=None if centred else cut, patient=patient)
        try:
            vectors = np.asarray(rows, dtype=np.float32)
        except (TypeError, ValueError):
            vectors = np.empty(0, np.float32)
        if vectors.ndim != 2 or not vectors.shape[1] or not np.isfinite(vectors).all():
            raise Unavailable("ollama", "Ollama's answer was not understood.")
        if centred:  # the lengths do not matter: they are made one below
            vectors = vectors - vectors.mean(axis=1, keepdims=True)
        # Servers from before the parameter answer with all of it.
        return compared(vectors[:, :cut], None)
