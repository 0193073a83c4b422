"""Why a track was found: short sentences that are true of its row, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from resonance.core.text import fold
from resonance.model import camelot
from resonance.search.meaning import genres
from resonance.search.meaning.builtin import directions_of
from resonance.search.meaning.ports import TrackDocument
from resonance.search.meaning.question import Part, Question

MOST = 5
MAIN = 0.5  # weight from which a direction is what a word is about
HIGH, LOW = 0.55, 0.45
SAYS = {
    "user": "you say",
    "tags": "tags say",
    "audio_model": "model hears",
    "language_model": "model says",
}


class Reason(Struct, frozen=True):
    """`kind` tells where it is from: a name, the meaning of the words, or something exact."""

    kind: Literal["name", "meaning", "filter"]
    text: str


def reasons(
    document: TrackDocument, question: Question, *, exact: Sequence[str] = (), closeness: float | None = None
) -> list[Reason]:
    """The reasons, most telling first. `exact` are facts that filters asked for: year, tempo, key, energy."""
    found = [Reason("name", text) for text in _names(document, question)]
    found += [Reason("filter", text) for text in _exact(document, question, exact)]
    found += [Reason("meaning", text) for part in question.parts if (text := _of_part(document, part))]
    if closeness is not None and closeness > 0:
        found.append(Reason("meaning", f"close in meaning: {closeness:.2f}"))
    return list(dict.fromkeys(found))[:MOST]


def name_words(document: TrackDocument) -> dict[str, set[str]]:
    """Each name of a track with its folded words."""
    names = (document.title, document.artist, document.album)
    return {name: set(fold(name).split()) for name in names if name}


def _names(document: TrackDocument, question: Question) -> list[str]:
    wanted = [word for phrase in (*question.names, *question.themes) for word in phrase.split()]
    known = name_words(document)
    found = [name for name, words in known.items() if any(word in words for word in wanted)]
    whole = fold(question.text)
    if not found and whole and f" {whole} " in f" {fold(document.title)} ":
        found = [document.title]
    return [f"name: {name}" for name in found]


def _exact(document: TrackDocument, question: Question, exact: Sequence[str]) -> list[str]:
    found: list[str] = []
    wanted = set(exact)
    if (question.tempo or "tempo" in wanted) and document.bpm is not None:
        found.append(f"{document.bpm:.0f} BPM")
    if (question.keys or "key" in wanted) and (key := key_of(document)):
        found.append(f"{camelot.long_name(key)} ({camelot.camelot(key)})")
    if (question.years or "year" in wanted) and document.year is not None:
        found.append(f"year {document.year}")
    if "energy" in wanted and document.energy is not None:
        found.append(f"energy {document.energy:.2f}")
    if "genre" in wanted and document.genres:
        found.append(f"genre: {', '.join(document.genres[:2])}")
    return found


def key_of(document: TrackDocument) -> tuple[int, str] | None:
    """The key, where both halves are known."""
    if document.key_tonic is None or document.key_mode is None:
        return None
    return document.key_tonic, document.key_mode


def _of_part(document: TrackDocument, part: Part) -> str | None:
    if part.genre is not None:
        return _genre(document, part)
    for name, weight in part.directions:
        if abs(weight) < MAIN and len(part.directions) > 1:
            continue
        kind, _, what = name.partition(":")
        towards = weight * part.weight
        if kind == "mood":
            text = _mood(document, what) if towards > 0 else None
        elif kind == "sound":
            text = _sound(document, what) if towards > 0 else None
        elif kind == "genre":
            text = _family(document, what) if towards > 0 else None
        else:
            text = _MEASURED[name](document, towards) if name in _MEASURED else None
        if text:
            return text
    return None


def _genre(document: TrackDocument, part: Part) -> str | None:
    assert part.genre is not None
    own = genres.of_kind(part.genre, document.genres)
    family = part.directions[0][0].partition(":")[2]
    if part.weight > 0:
        return f"genre: {own}" if own else _family(document, family)
    if own or not document.genres or _family(document, family):
        return None
    return f"not {part.genre}: {document.genres[0]}"


def _family(document: TrackDocument, family: str) -> str | None:
    for name in document.genres:
        if any(own == family and weight >= MAIN for own, weight in genres.families_of(name)):
            return f"genre: {name}"
    return None


def _mood(document: TrackDocument, feeling: str) -> str | None:
    for name, value, source in document.moods:
        if name == feeling and value >= 0.5 and source != "tags":
            return f"{name} {value:.1f}, {SAYS[source]}"
    for word in document.words:
        if any(name == f"mood:{feeling}" and weight >= MAIN for name, weight in directions_of(word)):
            return f"mood tag: {word}"
    return None


def _sound(document: TrackDocument, instrument: str) -> str | None:
    for kind, texts in (("genre", document.genres), ("mood tag", document.words)):
        for text in texts:
            for word in fold(text).split():
                if (f"sound:{instrument}", 1.0) in directions_of(word):
                    return f"{instrument} in {kind}: {text}"
    return None


def _scale(
    value: Callable[[TrackDocument], float | None],
    high: tuple[float, str],
    low: tuple[float, str],
    form: Callable[[float], str],
) -> Callable[[TrackDocument, float], str | None]:
    def told(document: TrackDocument, towards: float) -> str | None:
        is_ = value(document)
        if is_ is None:
            return None
        if towards > 0 and is_ >= high[0]:
            return f"{high[1]}: {form(is_)}"
        if towards < 0 and is_ <= low[0]:
            return f"{low[1]}: {form(is_)}"
        return None

    return told


def _tempo(document: TrackDocument, towards: float) -> str | None:
    bpm = document.bpm
    if bpm is None:
        return None
    if abs(towards) < 0.1:
        return f"medium tempo: {bpm:.0f} BPM" if 90 <= bpm <= 125 else None
    return _PACE(document, towards)


def _mode(document: TrackDocument, towards: float) -> str | None:
    key = key_of(document)
    if key is None or (key[1] == "major") != (towards > 0):
        return None
    return f"{key[1]} key: {camelot.name(key)}"


def _age(document: TrackDocument, towards: float) -> str | None:
    if document.year is None:
        return None
    if towards > 0:
        return f"old: {document.year}" if document.year <= 1990 else None
    return f"new: {document.year}" if document.year >= 2010 else None


def _instrumental(document: TrackDocument, towards: float) -> str | None:
    return "instrumental, by its tags" if towards > 0 and document.instrumental else None


def _share(value: float) -> str:
    return f"{value:.2f}"


_PACE = _scale(lambda d: d.bpm, (118, "fast"), (96, "slow"), lambda bpm: f"{bpm:.0f} BPM")
_MEASURED: dict[str, Callable[[TrackDocument, float], str | None]] = {
    "energy": _scale(lambda d: d.energy, (HIGH, "energetic, energy"), (LOW, "calm, energy"), _share),
    "brightness": _scale(lambda d: d.brightness, (HIGH, "bright sound"), (LOW, "dull sound"), _share),
    "danceability": _scale(lambda d: d.danceability, (HIGH, "danceable"), (LOW, "hardly danceable"), _share),
    "acousticness": _scale(
        lambda d: d.acousticness, (HIGH, "sounds acoustic"), (LOW, "sounds electric"), _share
    ),
    "loudness": _scale(
        lambda d: d.loudness_lufs, (-11, "loud"), (-16, "quiet"), lambda lufs: f"{lufs:.1f} LUFS"
    ),
    "dynamics": _scale(lambda d: d.loudness_range, (9, "dynamic"), (5, "steady"), lambda lu: f"{lu:.1f} LU"),
    "density": _scale(
        lambda d: d.onset_rate, (4, "busy"), (2, "sparse"), lambda rate: f"{rate:.1f} onsets/s"
    ),
    "age": _age,
    "tempo": _tempo,
    "mode": _mode,
    "instrumental": _instrumental,
}
