"""The built-in embedder: no model, no download, an answer in well under a millisecond."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from resonance.core.text import fold
from resonance.search.meaning import feelings, genres
from resonance.search.meaning.question import Question, understand
from resonance.search.meaning.space import AT, DECADES, DIMENSIONS, FEELINGS, FILLER, LENGTH, WORDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resonance.search.meaning.ports import TrackDocument
    from resonance.search.vectors.ports import Space

    Vector = NDArray[np.float32]

# What a known list of genres or moods says of those it leaves out: rather not.
ABSENT_GENRE = -0.25
ABSENT_MOOD = -0.15
UNSURE = 0.3  # of full weight, where a measured tempo is hardly believed
BELIEVED = 0.3  # confidence


class BuiltIn:
    """The TextEmbedder that is always there."""

    def space(self) -> Space:
        """The space of named dimensions."""
        return WORDS

    def describe(self) -> str:
        """For the answers."""
        return WORDS.label

    def embed_query(self, text: str) -> Vector:
        """All zeros when nothing in the text has a direction."""
        return question_vector(understand(text))

    def embed_documents(self, documents: Sequence[TrackDocument]) -> Vector:
        """Unit vectors."""
        import numpy as np

        made = np.zeros((len(documents), DIMENSIONS), dtype=np.float32)
        for row, document in enumerate(documents):
            for name, value in values(document).items():
                made[row, AT[name]] = value
        lengths = np.linalg.norm(made, axis=1)
        made *= np.minimum(1.0, 0.98 * LENGTH / np.maximum(lengths, 1e-9))[:, None]
        lengths = np.minimum(lengths, 0.98 * LENGTH)
        made[:, AT[FILLER]] = np.sqrt(LENGTH**2 - lengths**2)
        return made / np.float32(LENGTH)


def question_vector(question: Question) -> Vector:
    """The sum of what is asked for, as a unit vector; zeros when nothing is."""
    import numpy as np

    total: Vector = part_vectors(question).sum(axis=0)
    length = np.float32(np.linalg.norm(total))
    return total / length if length > 1e-6 else np.zeros(DIMENSIONS, np.float32)


def part_vectors(question: Question) -> Vector:
    """A row a part, (parts, dimensions): its product with a track's values is -weight..weight."""
    import numpy as np

    made = np.zeros((len(question.parts), DIMENSIONS), dtype=np.float32)
    for row, part in enumerate(question.parts):
        # Belonging to several families is not several wishes: the first one is the genre's own.
        scale = part.directions[0][1] if part.genre else sum(abs(weight) for _, weight in part.directions)
        for name, weight in part.directions[:1] if part.genre else part.directions:
            made[row, AT[name]] = part.weight * weight / scale
    return made


def values(document: TrackDocument) -> dict[str, float]:
    """What is known of a track, by dimension, -1..1; the unknown is not in it."""
    known = dict(_measured(document))
    for name, value in _told(document).items():
        known.setdefault(name, value)
    known.update(_era(document.year))
    known.update(_genres(document.genres))
    known.update(_moods(document))
    return known


def _measured(document: TrackDocument) -> Iterable[tuple[str, float]]:
    for name, value in (
        ("energy", document.energy),
        ("brightness", document.brightness),
        ("danceability", document.danceability),
        ("acousticness", document.acousticness),
    ):
        if value is not None:
            yield name, _within(2 * value - 1)
    if document.bpm is not None and document.bpm > 0:
        sure = document.bpm_confidence is None or document.bpm_confidence >= BELIEVED
        yield "tempo", tempo_value(document.bpm) * (1 if sure else UNSURE)
    if document.loudness_lufs is not None:
        yield "loudness", _within((document.loudness_lufs + 14) / 8)
    if document.loudness_range is not None:
        yield "dynamics", _within((document.loudness_range - 8) / 8)
    if document.onset_rate is not None:
        yield "density", _within((document.onset_rate - 3) / 3)
    if document.key_mode:
        yield "mode", 1.0 if document.key_mode == "major" else -1.0
    if document.instrumental is not None:
        yield "instrumental", 1.0 if document.instrumental else -1.0


def tempo_value(bpm: float) -> float:
    """-1 at 60 BPM and below, 0 at 104, 1 at 180 and above; as the ear compares: by ratio."""
    return _within(math.log2(bpm / 104) / math.log2(180 / 104))


def _told(document: TrackDocument) -> dict[str, float]:
    """What mood tags say of measurable things, for where nothing was measured: "energetic"."""
    told: dict[str, float] = {}
    for word in document.words:
        for name, weight in directions_of(word):
            if name in ("energy", "danceability", "brightness", "acousticness") and abs(weight) >= 0.9:
                told[name] = 0.7 if weight > 0 else -0.7
    return told


def _era(year: int | None) -> dict[str, float]:
    if year is None:
        return {}
    own = max(DECADES[0], min(DECADES[-1], year // 10 * 10))
    near = {f"decade:{decade}": 0.3 if abs(decade - own) == 10 else -0.15 for decade in DECADES}
    return near | {f"decade:{own}": 1.0, "age": _within((1996 - year) / 32)}


def _genres(names: Sequence[str]) -> dict[str, float]:
    known: dict[str, float] = {}
    for name in names:
        for family, weight in genres.families_of(name):
            known[f"genre:{family}"] = max(known.get(f"genre:{family}", 0.0), weight)
    if not known:
        return {}
    absent = {name: ABSENT_GENRE for name in AT if name.startswith("genre:")}
    return absent | known | _sounds(names)


def _moods(document: TrackDocument) -> dict[str, float]:
    known: dict[str, float] = {}
    for word in document.words:
        for name, weight in directions_of(word):
            if name.startswith("mood:") and abs(weight) > abs(known.get(name, 0.0)):
                known[name] = weight
    if known:
        known = {f"mood:{feeling}": ABSENT_MOOD for feeling in FEELINGS} | known
    for mood, value, _ in document.moods:
        known[f"mood:{mood}"] = _within(2 * value - 1)
    return known | _sounds(document.words)


def _sounds(texts: Iterable[str]) -> dict[str, float]:
    """Instruments that tags name ("Solo Piano")."""
    found: dict[str, float] = {}
    for text in texts:
        for word in fold(text).split():
            for name, weight in directions_of(word):
                if name.startswith("sound:") and weight > 0.9:
                    found[name] = 1.0
    return found


@lru_cache(maxsize=4096)
def directions_of(word: str) -> tuple[tuple[str, float], ...]:
    """Of a mood word as tags write it; nothing for an unlisted one."""
    folded = fold(word)
    sense = feelings.sense_of(folded)
    # A genre is not another word's other ending: metal is no "metales", which are brass.
    if sense is None and (folded not in genres.GENRES or folded.endswith("musik")):
        sense = feelings.like_sense_of(folded)
    return sense.directions if sense else ()


def _within(value: float) -> float:
    return max(-1.0, min(1.0, value))
