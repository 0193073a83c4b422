"""Texts and tracks as vectors of a sentence model that somebody supplies by a manifest."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from resonance.adapters import model_manifest
from resonance.adapters.model_manifest import TextManifest
from resonance.adapters.onnx_text import TextNetwork
from resonance.search.vectors.ports import Space

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resonance.search.meaning.ports import TrackDocument

FORM = 1  # of documents: raised when they change


class OnnxEmbedder:
    """TextEmbedder. The model is loaded with the first text."""

    def __init__(self, manifest: Path) -> None:
        self._path = manifest
        self._lock = threading.Lock()
        self._manifest: TextManifest | None = None
        self._network: TextNetwork | None = None

    def space(self) -> Space:
        """See TextEmbedder. Its version is the hash of the model."""
        told = self._read()
        version = f"{told.text.sha256.lower()[:16]}.{told.dimensions}.{FORM}"
        return Space(f"words:{told.name}", version, told.dimensions, self.describe())

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See TextEmbedder."""
        one: NDArray[np.float32] = self._loaded().embed([self._read().text.query.replace("{}", text)])[0]
        return one

    def embed_documents(self, documents: Sequence[TrackDocument]) -> NDArray[np.float32]:
        """See TextEmbedder."""
        form = self._read().text.document
        return self._loaded().embed([form.replace("{}", document.text()) for document in documents])

    def describe(self) -> str:
        """See TextEmbedder."""
        return f"model: {self._manifest.name if self._manifest else self._path.stem}"

    def _read(self) -> TextManifest:
        if self._manifest is None:
            self._manifest = model_manifest.read(self._path, TextManifest)
        return self._manifest

    def _loaded(self) -> TextNetwork:
        told = self._read()
        with self._lock:
            if self._network is None:
                self._network = TextNetwork(
                    self._path, told.text, told.dimensions, cut=told.matryoshka, threads=told.threads
                )
            return self._network
