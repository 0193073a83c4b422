"""The text part of a model by manifest: tokens, ONNX, pooling."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from resonance.adapters.model_manifest import TextPart, checked, unfit
from resonance.search.vectors.comparing import compared

if TYPE_CHECKING:
    from numpy.typing import NDArray

BATCH = 16
LONGEST = 8000  # letters: what is beyond is not even tokenised


class TextNetwork:
    """Texts to vectors of unit length. Safe to use from many threads."""

    def __init__(self, manifest: Path, part: TextPart, dimensions: int, *, cut: bool, threads: int) -> None:
        self._name, self._part, self._dimensions, self._cut = manifest.name, part, dimensions, cut
        self._session = session(manifest.name, checked(manifest, part), threads)
        self._tokenizer = _tokenizer(manifest, part)
        inputs = {given.name for given in self._session.get_inputs()}
        named = {name for name in (part.ids, part.mask, part.types) if name}
        if inputs != named:
            raise unfit(manifest.name, f"the graph's inputs are {', '.join(sorted(inputs))}")

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(texts, dimensions)."""
        every = np.empty((len(texts), self._dimensions), np.float32)
        # Of like lengths together, so that little is padded.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            every[some] = self._batch([texts[at][:LONGEST] for at in some])
        return every

    def _batch(self, texts: list[str]) -> NDArray[np.float32]:
        part = self._part
        tokens = self._tokenizer.encode_batch(texts)
        mask = np.array([one.attention_mask for one in tokens], dtype=np.int64)
        fed = {part.ids: np.array([one.ids for one in tokens], dtype=np.int64)}
        if part.mask:
            fed[part.mask] = mask
        if part.types:
            fed[part.types] = np.array([one.type_ids for one in tokens], dtype=np.int64)
        found = run(self._name, self._session, part.output, fed)
        return fitting(self._name, _pooled(found, mask, part.pooling), self._dimensions, cut=self._cut)


def session(name: str, model: bytes, threads: int) -> Any:
    """An ONNX session on the CPU that keeps to its threads. Raises Unavailable."""
    try:
        import onnxruntime
    except ImportError as fault:
        raise unfit(name, "it needs the extra `onnx` of Resonance") from fault
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = max(1, threads)
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as fault:  # its errors have no class in common
        raise unfit(name, f"it is no ONNX model that runs here ({type(fault).__name__})") from fault


def run(name: str, running: Any, output: str, fed: dict[str, NDArray[Any]]) -> NDArray[np.float32]:
    """One pass. Raises Unavailable where the graph does not take what the manifest says."""
    try:
        found: NDArray[np.float32] = running.run([output], fed)[0]
    except Exception as fault:  # its errors have no class in common
        raise unfit(name, f"it does not take its input: {str(fault)[:200]}") from fault
    return found


def fitting(name: str, vectors: NDArray[np.float32], dimensions: int, *, cut: bool) -> NDArray[np.float32]:
    """Of unit length and the right width. Raises Unavailable."""
    right = vectors.ndim == 2 and (vectors.shape[1] == dimensions or (cut and vectors.shape[1] > dimensions))
    if not right:
        raise unfit(name, f"its output has the shape {vectors.shape}, not {dimensions} numbers")
    if not np.isfinite(vectors).all():
        raise unfit(name, "its output has numbers that are not finite")
    return compared(vectors[:, :dimensions].astype(np.float32), None)


def _pooled(found: NDArray[np.float32], mask: NDArray[np.int64], pooling: str) -> NDArray[np.float32]:
    if pooling == "none" or found.ndim != 3:
        return found
    if pooling == "cls":
        return found[:, 0]
    weight = mask[..., np.newaxis].astype(np.float32)
    summed: NDArray[np.float32] = (found * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9)
    return summed


def _tokenizer(manifest: Path, part: TextPart) -> Any:
    content = checked(manifest, part.tokenizer)
    try:
        from tokenizers import Tokenizer
    except ImportError as fault:
        raise unfit(manifest.name, "it needs the extra `onnx` of Resonance") from fault
    try:
        made = Tokenizer.from_str(content.decode())
    except Exception as fault:  # it raises plain ones
        raise unfit(manifest.name, f"{part.tokenizer.path} is no tokenizer.json") from fault
    made.enable_truncation(part.max_tokens)
    made.enable_padding(pad_id=part.pad_id)
    return made
