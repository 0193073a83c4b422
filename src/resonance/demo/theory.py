"""Scales, chords and melodies as numbers. Pitches are MIDI notes, times are beats."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}
TONICS = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")

# Degrees (0 is the tonic). Each begins at home, so that the key is not a matter of opinion.
PROGRESSIONS = {
    "major": ((0, 4, 5, 3), (0, 3, 4, 0), (0, 3, 0, 4), (0, 5, 3, 4), (0, 1, 4, 0)),
    "minor": ((0, 3, 4, 0), (0, 5, 3, 4), (0, 3, 0, 4), (0, 6, 5, 4), (0, 0, 5, 4)),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One sounding note. `start` and `length` in beats, `velocity` 0..1."""

    start: float
    length: float
    pitch: int
    velocity: float


def degree_pitch(tonic: int, mode: str, degree: int, octave: int) -> int:
    """The MIDI pitch of a scale degree; degrees may leave 0..6 and then change the octave."""
    scale = SCALES[mode]
    return 12 * (octave + 1) + tonic + scale[degree % 7] + 12 * (degree // 7)


def chord(tonic: int, mode: str, degree: int, octave: int, sevenths: bool) -> list[int]:
    """Root, third, fifth (and seventh), folded so that voices move little between chords."""
    # A minor tonic with its seventh is the relative major: it stays a triad.
    steps = (0, 2, 4, 6) if sevenths and not (mode == "minor" and degree == 0) else (0, 2, 4)
    root = [degree_pitch(tonic, mode, degree + step, octave) for step in steps]
    if mode == "minor" and degree == 4:
        # The leading note: without it a minor key sounds undecided.
        root[1] += 1
    low = 12 * (octave + 1) + 2
    return sorted(pitch - 12 if pitch > low + 14 else pitch for pitch in root)


def melody(
    rng: np.random.Generator, tonic: int, mode: str, degrees: list[int], beats_per_bar: int, busy: float
) -> list[Note]:
    """A lead line over one chord a bar: a motif of two bars, repeated with small changes.

    Strong beats take chord tones, the others walk by step; phrases end on a long note.
    """
    rhythm = _motif(rng, 2 * beats_per_bar, busy)
    steps = [int(s) for s in rng.choice([-2, -1, -1, 1, 1, 2], len(rhythm))]
    notes: list[Note] = []
    place = int(rng.integers(0, 3))
    for pair in range(0, len(degrees), 2):
        answer = (pair // 2) % 2 == 1
        for index, (start, length) in enumerate(rhythm):
            bar = pair + int(start // beats_per_bar)
            if bar >= len(degrees):
                break
            step = steps[index] if not answer or index < len(rhythm) // 2 else -steps[index]
            place = max(-3, min(9, place + step))
            strong = start % 2 == 0 or index == len(rhythm) - 1
            degree = _nearest_chord_tone(place, degrees[bar]) if strong else place
            place = degree
            pitch = degree_pitch(tonic, mode, degree, 5)
            if mode == "minor" and degrees[bar] == 4 and degree % 7 == 6:
                pitch += 1
            velocity = 0.95 if strong else 0.7 + 0.15 * float(rng.random())
            notes.append(Note(pair * beats_per_bar + start, length * 0.95, pitch, velocity))
    return notes


def _motif(rng: np.random.Generator, beats: int, busy: float) -> list[tuple[float, float]]:
    """(start, length) pairs that fill `beats`, with a rest before the end."""
    out: list[tuple[float, float]] = []
    place = 0.0 if rng.random() < 0.6 else 0.5
    while place < beats - 1.5:
        length = float(rng.choice([0.5, 1.0, 1.5, 2.0], p=_weights(busy)))
        if rng.random() < 0.85 or not out:
            out.append((place, length))
        place += length
    out.append((float(np.ceil(place)), 1.5))
    return out


def _weights(busy: float) -> list[float]:
    raw = np.array([0.2 + busy, 0.5, 0.25, 0.5 * (1.1 - busy)])
    return [float(w) for w in raw / raw.sum()]


def _nearest_chord_tone(degree: int, root: int) -> int:
    tones = [root + step + 7 * octave for step in (0, 2, 4) for octave in (-2, -1, 0, 1)]
    return min(tones, key=lambda tone: (abs(tone - degree), tone))
