"""Sound and texts in one space, by a model of LAION-CLAP's form that somebody supplies by a manifest.

It gives vectors of tracks (space "audio"), vectors of texts that meet them, and moods without training: a
mood is as present as the sound is nearer to words for it than to words for its opposite.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from resonance.adapters import model_manifest
from resonance.adapters.mel import spectrogram
from resonance.adapters.model_manifest import AudioManifest, AudioPart, MoodPrompts
from resonance.adapters.onnx_text import TextNetwork, fitting, run, session
from resonance.audio.ear.decode import Sound, opened
from resonance.audio.ear.features import Unanalysable
from resonance.search.vectors.comparing import compared
from resonance.search.vectors.ports import Space

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

SPACE = "audio"
FORM = 1  # of windows and spectrograms: raised when they change

PROMPTS = {
    "happy": MoodPrompts(present="This is happy, cheerful music.", absent="This is joyless, gloomy music."),
    "sad": MoodPrompts(present="This is sad, melancholic music.", absent="This is joyful, upbeat music."),
    "aggressive": MoodPrompts(
        present="This is aggressive, angry music.", absent="This is gentle, soft music."
    ),
    "relaxed": MoodPrompts(present="This is relaxed, calm music.", absent="This is tense, restless music."),
    "party": MoodPrompts(
        present="This is party music to dance to.", absent="This is quiet music to listen to alone."
    ),
    "acoustic": MoodPrompts(
        present="This is music of acoustic instruments.", absent="This is electronic music of synthesizers."
    ),
}


@dataclass(frozen=True)
class _Loaded:
    audio: Any
    text: TextNetwork
    prompts: tuple[str, ...]
    present: Floats
    absent: Floats


class OnnxAudio:
    """The model; loaded with the first question."""

    def __init__(self, manifest: Path) -> None:
        self._path = manifest
        self._lock = threading.Lock()
        self._manifest: AudioManifest | None = None
        self._loaded: _Loaded | None = None

    def space(self) -> Space:
        """The space of its vectors. Raises Unavailable, as everything here, when the manifest is unfit."""
        told = self._read()
        version = f"{told.audio.sha256.lower()[:16]}.{told.dimensions}.{FORM}"
        return Space(SPACE, version, told.dimensions, self.describe())

    def describe(self) -> str:
        """For people."""
        return f"model: {self._manifest.name if self._manifest else self._path.stem}"

    def hear(self, path: str | os.PathLike[str]) -> Floats:
        """The vector of a file: (dimensions,). Raises Unanalysable for a file without sound."""
        told, loaded = self._read(), self._load()
        rows = [self._window(told.audio, loaded, piece) for piece in _windows(path, told.audio)]
        if not rows:
            raise Unanalysable("no_sound", "The file decodes to nothing.")
        every = fitting(self._path.name, np.concatenate(rows), told.dimensions, cut=False)
        one: Floats = compared(every.mean(axis=0), None)
        return one

    def embed_query(self, text: str) -> Floats:
        """What somebody asks for, among the vectors of files: (dimensions,)."""
        one: Floats = self._load().text.embed([self._read().text.query.replace("{}", text)])[0]
        return one

    def moods(self, vector: Floats) -> dict[str, float]:
        """How much of each mood a vector of `hear` has, 0..1."""
        loaded, scale = self._load(), self._read().logit_scale
        # The softmax over both sides, of which one is enough.
        lead = scale * ((loaded.present - loaded.absent) @ vector)
        values = 1.0 / (1.0 + np.exp(-np.clip(lead, -60, 60)))
        return {name: round(float(value), 3) for name, value in zip(loaded.prompts, values, strict=True)}

    def _window(self, part: AudioPart, loaded: _Loaded, samples: Floats) -> Floats:
        fed: dict[str, NDArray[Any]] = {part.input: samples[np.newaxis]}
        if part.mel is not None:
            mel = spectrogram(samples, part.rate, part.mel)
            rows = mel if part.mel.order == "frames_bands" else mel.T
            fed[part.input] = rows.reshape((1,) * (part.axes - 2) + rows.shape)
        kinds = {given.name: given.shape for given in loaded.audio.get_inputs()}
        for name, value in part.constants.items():
            fed[name] = np.full((1,) * len(kinds.get(name, ())), value)
        return run(self._path.name, loaded.audio, part.output, fed)

    def _read(self) -> AudioManifest:
        if self._manifest is None:
            self._manifest = model_manifest.read(self._path, AudioManifest)
        return self._manifest

    def _load(self) -> _Loaded:
        told = self._read()
        with self._lock:
            if self._loaded is None:
                prompts = {**PROMPTS, **{name: told.moods[name] for name in told.moods if name in PROMPTS}}
                content = model_manifest.checked(self._path, told.audio)
                audio = session(self._path.name, content, told.threads)
                text = TextNetwork(self._path, told.text, told.dimensions, cut=False, threads=told.threads)
                present = text.embed([prompt.present for prompt in prompts.values()])
                absent = text.embed([prompt.absent for prompt in prompts.values()])
                self._loaded = _Loaded(audio, text, tuple(prompts), present, absent)
            return self._loaded


def _windows(path: str | os.PathLike[str], part: AudioPart) -> Iterator[Floats]:
    """Pieces of `window_s` spread over the file, each as long; a shorter file is repeated to that length."""
    with opened(path) as sound:
        length = sound.length_s() or part.window_s
    spare = max(0.0, length - part.window_s)
    count = max(1, min(part.windows, round(length / part.window_s)))
    for number in range(count):
        with opened(path) as sound:
            piece = _resampled(sound, spare * (number + 1) / (count + 1), part)
        if len(piece):
            yield _filled(piece, round(part.rate * part.window_s))


def _resampled(sound: Sound, start_s: float, part: AudioPart) -> Floats:
    parts = [
        block[sound.main_channels].mean(axis=0, dtype=np.float32)
        for block in sound.blocks(start_s, part.window_s)
    ]
    mono: Floats = np.concatenate(parts) if parts else np.zeros(0, np.float32)
    if sound.rate == part.rate or not len(mono):
        return mono
    frame = AudioFrame.from_ndarray(mono[np.newaxis], "flt", "mono")
    frame.sample_rate = sound.rate
    resampler = AudioResampler(format="flt", layout="mono", rate=part.rate)
    made = [out.to_ndarray()[0] for out in (*resampler.resample(frame), *resampler.resample(None))]
    return np.concatenate(made)


def _filled(piece: Floats, size: int) -> Floats:
    """Repeated as often as it fits, then silence: what CLAP was trained with."""
    whole = np.tile(piece, max(1, size // len(piece)))[:size]
    return np.pad(whole, (0, size - len(whole)))
