"""Manifests of models that somebody supplies: which files, what is fed to them, under which licence.

TOML or JSON, described in docs/models.md. Paths are relative to the manifest; every file is checked against
its SHA-256 before it is used, and nothing is ever downloaded.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct

from resonance.core.errors import Unavailable

T = TypeVar("T")


class File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file and what it must be."""

    path: str
    sha256: str


class TextPart(File, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A model from tokens to vectors. Names are those of the graph's inputs and output."""

    tokenizer: File
    output: str
    ids: str = "input_ids"
    mask: str | None = "attention_mask"
    types: str | None = None
    pooling: Literal["mean", "cls", "none"] = "mean"  # none: the output is a vector a text already
    max_tokens: int = 256
    pad_id: int = 0
    query: str = "{}"
    document: str = "{}"


class Mel(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A spectrogram as models of sound are fed: the defaults are LAION-CLAP's."""

    fft: int = 1024
    hop: int = 480
    bands: int = 64
    low_hz: float = 50.0
    high_hz: float = 14_000.0
    scale: Literal["slaney", "htk"] = "slaney"
    norm: Literal["slaney", "none"] = "slaney"
    log: Literal["db", "ln"] = "db"
    order: Literal["frames_bands", "bands_frames"] = "frames_bands"


class AudioPart(File, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A model from sound to vectors."""

    input: str
    output: str
    rate: int  # Hz, mono
    window_s: float = 10.0
    windows: int = 3  # spread over the track; their vectors are averaged
    mel: Mel | None = None  # None: the model takes the samples, (1, samples)
    axes: int = 4  # of a mel input: (1, 1, frames, bands), or 3 without the second one
    constants: dict[str, bool | int | float] = {}  # further inputs, such as is_longer = false


class MoodPrompts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What music sounds like in words with a mood, and without it."""

    present: str
    absent: str


class TextManifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence model."""

    kind: Literal["text"]
    name: str
    licence: str
    dimensions: int
    text: TextPart
    matryoshka: bool = False  # the first `dimensions` numbers of a longer output are a whole vector
    threads: int = 1
    source: str = ""


class AudioManifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A model that puts sound and texts into one space, as LAION-CLAP does."""

    kind: Literal["audio"]
    name: str
    licence: str
    dimensions: int
    audio: AudioPart
    text: TextPart
    logit_scale: float = 14.3  # how sharply moods are told apart; 1 / 0.07, which CLAP begins with
    moods: dict[str, MoodPrompts] = {}  # over the built-in prompts
    threads: int = 1
    source: str = ""


def read(path: Path, kind: type[T]) -> T:
    """The manifest. Raises Unavailable, naming what is wrong."""
    try:
        content = path.read_bytes()
        if path.suffix == ".json":
            return msgspec.json.decode(content, type=kind)
        return msgspec.toml.decode(content, type=kind)
    except OSError as fault:
        raise unfit(path.name, f"it cannot be read: {fault.strerror}") from fault
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise unfit(path.name, str(fault)) from fault


def checked(manifest: Path, file: File) -> bytes:
    """The bytes of a file of the manifest. Raises Unavailable when they are not those that were named."""
    path = manifest.parent / Path(file.path).expanduser()
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise unfit(manifest.name, f"{file.path} cannot be read: {fault.strerror}") from fault
    found = hashlib.sha256(content).hexdigest()
    if found != file.sha256.lower():
        raise unfit(manifest.name, f"{file.path} has the SHA-256 {found}, not the one that is named")
    return content


def unfit(name: str, why: str) -> Unavailable:
    """What is said of a model that cannot be used."""
    return Unavailable("model", f"The model of {name} cannot be used: {why}.")
