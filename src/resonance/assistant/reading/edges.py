"""How a list begins and ends, and what it leads from and to: "start calm, end dancing", "jazz to disco"."""

# ruff: noqa: E501, SIM905 - a pattern reads best with one language a line

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from resonance.assistant.reading.meaning import understood
from resonance.assistant.reading.sentence import Sentence
from resonance.core.text import fold
from resonance.search.meaning import feelings

_STOP = r"(?=\s*(?:$|[,;.!?]|\s(?:and|then|but|und|dann|aber|with|mit|to|finish|finally)\s|\s(?:end|ending|ends|finish|finishing|ende|endet|enden|endend|start|starting)\b))"
_OFF = (
    r"(?:\s+(?:off|out|up|with|at|on|in|as|from|it|mit|bei|with some|with something|etwas|ganz|sehr|very))*"
)
_SAID = r"\s+(?P<said>[^,;.!?]{2,60}?)"
_STARTS = (
    rf"(?:start|starts|starting|begin|begins|beginning|open|opens|opening|beginn|beginne|beginnt|beginnend|starte|startet|startend|anfangs|am anfang|zu beginn|zum anfang|zum start|fang|fangt){_OFF}{_SAID}(?:\s+an)?{_STOP}",
    r"(?P<said>\w+)(?:e[rsn]?)?\s+(?:start|beginning|opening|intro|beginnen\w*|beginnend|anfangen\w*|anfangend|startend|starten|beginn|anfang|auftakt)(?!\w)",
    r"(?:first|erst|zuerst)\s+(?P<said>\w+(?:\s+\w+)?)(?=[\s,]+(?:then|dann|danach|spater|later))",
)
_ENDS = (
    rf"(?:end|ends|ending|finish|finishes|finishing|close|closes|closing|ende|endet|enden|endend|hore|hort|am ende|am schluss|zum schluss|zum ende|zuletzt|finally|in the end|by the end|until it is|bis es){_OFF}{_SAID}(?:\s+(?:auf|wird|ist|aus))?{_STOP}",
    r"(?P<said>\w+)(?:e[rsn]?)?\s+(?:ending|end|finish|finale|outro|endend|enden|aufhoren\w*|aufhorend|ausklingen\w*|ende|schluss|ausklang)(?!\w)",
    r"(?:then|dann|danach|later|spater)\s+(?P<said>\w+(?:\s+\w+)?)(?=\s*(?:$|[,;.!?]))",
)
_EDGES = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{pattern})"))
    for kind, patterns in (("start", _STARTS), ("end", _ENDS))
    for pattern in patterns
)
_THEN = _EDGES[-1][1]
# What has been taken out leaves long blanks: they are passed in one step, not tried at each place.
_PATHS = (
    re.compile(
        r"(?<!\w)(?:from|von|vom)\s++(?P<a>[^\s,;.!?][^,;.!?]{1,79}?)\s++(?:(?:through|via|uber)\s++(?P<way>[^\s,;.!?][^,;.!?]{1,59}?)\s++)?(?:(?:over|all the way|gradually|slowly|langsam|allmahlich)\s++)?(?:to|into|towards?|till|until|through to|zu|zum|zur|nach|bis|bis zu|bis zum|bis zur|hin zu|in)\s++(?P<b>[^\s,;.!?][^,;.!?]{1,79})"
    ),
    re.compile(
        r"(?:^|(?<=[,;.!?]))\s*(?P<a>[^\s,;.!?][^,;.!?]{1,79}?)\s++(?:(?:going|moving|drifting|turning|shifting|leading)\s++)?(?:to|into|towards?|then|turning into|becoming|zu|zum|bis|ubergehend in|dann)\s++(?P<b>[^\s,;.!?][^,;.!?]{1,79})"
    ),
)
# "music to study": what somebody does, not where the music goes.
_DOING = frozenset(
    "dance study work run relax sleep read cook clean drive focus wake fall chill code train lift jog walk cry sing "
    "listen go the be get have make help do unwind party love hear play concentrate write think travel eat drink "
    "tanzen lernen arbeiten laufen lesen kochen putzen entspannen schlafen einschlafen".split()
)
_WEIGHTS = {
    "energy": 1.0, "danceability": 0.7, "loudness": 0.5, "tempo": 0.6, "density": 0.3, "mood:party": 0.4,
    "mood:driving": 0.5, "mood:aggressive": 0.6, "mood:epic": 0.3, "mood:relaxed": -0.6, "mood:gentle": -0.6,
    "mood:dreamy": -0.4, "mood:sad": -0.3, "mood:spacious": -0.4, "mood:romantic": -0.2, "mood:elegant": -0.2,
    "mood:nocturnal": -0.1, "mood:happy": 0.2, "genre:ambient": -0.8, "genre:classical": -0.4, "genre:techno": 0.5,
    "genre:metal": 0.7, "genre:punk": 0.6, "genre:house": 0.4, "genre:disco": 0.4, "genre:breaks": 0.6,
}  # fmt: skip


class Edge(NamedTuple):
    """What was said of the beginning or the end."""

    kind: str
    text: str
    words: str
    start: int
    sure: bool = True


def edges(sentence: Sentence) -> Iterator[Edge]:
    """How it starts and ends, taken out of the sentence; only what means something."""
    ended = False
    for kind, pattern in _EDGES:
        if pattern is _THEN and ended:
            return  # "first jazz, then house, finally techno": house is on the way
        for match in list(pattern.finditer(sentence.lower)):
            same = sentence.lower[match.start() : match.end()] == match[0]
            if same and _means(match["said"]):
                ended = ended or kind == "end"
                text = sentence.left(*match.span("said"))
                yield Edge(kind, text, sentence.take(*match.span()), match.start())


def paths(sentence: Sentence) -> Iterator[Edge]:
    """What it leads from and to, taken out of the sentence: the first that is found."""
    for place, pattern in enumerate(_PATHS):
        for match in list(pattern.finditer(sentence.lower)):
            rest = fold(match["b"]).split()
            doing = bool(rest) and rest[0] in _DOING
            phrase = " ".join(fold(sentence.lower[match.end("a") : match.end("b")]).split()[:2])
            if (place and (doing or feelings.sense_of(phrase))) or not (
                _means(match["a"]) and _means(match["b"])
            ):
                continue
            way = match.groupdict().get("way")
            if way and _means(way):
                start = match.start("way")
                yield Edge(
                    "sound", sentence.words(*match.span("way")), sentence.take(*match.span("way")), start
                )
            sure = place == 0 or _has_genre(match["a"]) or _has_genre(match["b"])
            first, last = sentence.words(*match.span("a")), sentence.words(*match.span("b"))
            ends = match.span("b")
            yield Edge(
                "from", first, sentence.take(match.start(), match.end("a")).strip(), match.start(), sure
            )
            yield Edge("to", last, sentence.take(match.end("a"), ends[1]), match.end("a"), sure)
            return


def level_of(text: str) -> float | None:
    """The level of energy that words ask for, 0.05 to 0.95; None where they say nothing of it."""
    total, found = 0.0, False
    for part in understood(text).parts:
        said = sum(weight * _WEIGHTS.get(name, 0.0) for name, weight in part.directions)
        if said:
            total, found = total + said * part.weight, True
    return round(0.5 + 0.42 * max(-1.0, min(1.0, total * 1.1)), 2) if found else None


def _means(text: str | None) -> bool:
    return bool(text) and any(part.weight > 0 for part in understood(text or "").parts)


def _has_genre(text: str) -> bool:
    return any(part.genre for part in understood(text).parts)
