"""Phrases that say how the list is to be made, in English and German, and what each of them means.

They are matched on small letters without accents ("für" is "fur", "ß" stays). What music is to be like is not
here: that is search/meaning's.
"""

# ruff: noqa: E501 - a pattern reads best with one language a line

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from resonance.assistant.kinds import MOST_MINUTES, MOST_TRACKS
from resonance.assistant.reading.numbers import NUMBER, number, whole
from resonance.assistant.reading.sentence import Reading

Match = re.Match[str]
Meaning = Callable[[Match], dict[str, Any] | None]


class Phrase(NamedTuple):
    """A pattern of a kind of piece."""

    kind: str
    pattern: re.Pattern[str]
    means: Meaning


class Said(NamedTuple):
    """A piece found, its words, and where they stood."""

    kind: str
    value: dict[str, Any]
    words: str
    start: int


def _p(kind: str, pattern: str, means: Meaning | dict[str, Any]) -> Phrase:
    told: Meaning = (lambda _: dict(means)) if isinstance(means, dict) else means
    return Phrase(kind, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), told)


def said(reading: Reading) -> Iterator[Said]:
    """Every phrase of the sentence, taken out of it."""
    for kind, pattern, means in PHRASES:
        for match in list(pattern.finditer(reading.lower)):
            value = means(match)
            if value is not None and reading.lower[match.start() : match.end()] == match[0]:
                yield Said(kind, value, reading.take(match.start(), match.end()), match.start())


def _minutes(match: Match) -> dict[str, Any] | None:
    found = match.groupdict()
    total = 60 * (number(found.get("h")) or 0.0) + (number(found.get("m")) or 0.0)
    if found.get("half"):
        total += 30
    return {"minutes": round(total, 2)} if 1 <= total <= MOST_MINUTES else None


def _count(match: Match) -> dict[str, Any] | None:
    count = whole(match["n"], 1, MOST_TRACKS)
    return {"tracks": count} if count else None


def _most(match: Match) -> dict[str, Any] | None:
    count = whole(match["n"], 1, MOST_TRACKS)
    return {"most": count} if count else None


def _apart(match: Match) -> dict[str, Any] | None:
    count = whole(match["n"] or match["n2"], 0, 20)
    return {"tracks": count} if count is not None else None


def _days(match: Match) -> int:
    unit = match["unit"][:1] if match["unit"] else "m"
    each = {"d": 1, "t": 1, "w": 7, "m": 30, "y": 365, "j": 365}[unit]
    return min(36_500, each * (whole(match["n"], 1, 1000) or 1))


def _added(match: Match) -> dict[str, Any]:
    return {"days": _days(match)}


def _unplayed_for(match: Match) -> dict[str, Any]:
    return {"is": False, "days": _days(match)}


def _stars(match: Match) -> dict[str, Any] | None:
    count = whole(match["n"], 1, 5)
    return {"least": count} if count else None


_SONGS = r"(?:tracks?|songs?|tunes?|titeln?|lieder|liedern|stucke?n?|nummern)"
_ARTIST = r"(?:artists?|bands?|acts?|performers?|singers?|interpret(?:en|in)?|kunstler(?:in|innen|n)?|musiker(?:in)?)"
_ABOUT = r"(?:(?:about|around|roughly|for|exactly|circa|ca\.?|etwa|ungefahr|rund|fur|genau|insgesamt|in total|of)\s+)*"
_HOURS = r"(?:hours?|heures?|horas?|ore|ora|uren|uur|hrs?|hr|h|stunden?|std\.?)"
_MINUTES = r"(?:minutes?|minutos?|minuti|minuten|mins?|min\.?|minuten|minutig(?:e[rsn]?)?|')"
_MOST = r"(?:(?:a\s+)?max(?:imum|imal)?\.?(?:\s+of)?|at most|no more than|not more than|up to|only|just|hochstens|nicht mehr als|nur)"
_NO = r"(?:nothing|no|not|never|without|non|don't|dont|avoid|skip|nichts|keine?[nrs]?|ohne|nie|niemals|nicht|bitte nicht)"
_ONLY = r"(?:only|just|nothing but|strictly|purely|exclusively|nur|ausschließlich|ausschliesslich|lediglich)"
_RECENT = (
    r"(?:(?:in|within|during|from|over|for|seit|innerhalb)\s+)?(?:(?:the|this|der|den|dem|diese[rnms]?)\s+)?"
)
_AGO = rf"{_RECENT}(?:last|past|previous|this|letzten?|letzte[rnms]|vergangene[rnms]?|diese[rnms]?)\s+(?:(?P<n>{NUMBER})\s+)?(?P<unit>days?|weeks?|months?|years?|tagen?|wochen?|monat(?:en?|s)?|jahr(?:en?|s)?)"
_LIVE = r"live(?:[\s-]+(?:tracks?|recordings?|versions?|albums?|stuff|songs?|music|cuts?|sets?|aufnahmen?|versionen|stucke?|musik|material|mitschnitte?n?|alben|titel))?"
_GETTING = r"(?:faster|louder|more energetic|wilder|livelier|higher|harder|more intense)"
_EASING = r"(?:slower|calmer|quieter|softer|gentler|more relaxed|mellower|lower)"

PHRASES: tuple[Phrase, ...] = (
    # the most by one artist, before counts of tracks
    _p("per_artist", rf"(?:{_MOST}\s+)?(?P<n>{NUMBER})\s*(?:x\s+)?(?:{_SONGS}\s+)?(?:per|an|each|for each|by (?:the same|one|any|each|every)|from (?:the same|one|any|each|every)|of (?:the same|each|one)|pro|je|von (?:einem|jedem|derselben|demselben|jeder|einer))\s+(?:einzelnen?\s+)?{_ARTIST}", _most),
    _p("per_artist", rf"(?:each|every|jede[rn]?)\s+{_ARTIST}\s+(?:(?:only|just|nur)\s+)?(?P<n>once|twice|einmal|zweimal|dreimal)", _most),
    _p("per_artist", rf"{_ARTIST}\s+{_MOST}\s+(?P<n>{NUMBER})(?:\s+(?:times?|mal|{_SONGS}))?", _most),
    _p("per_artist", rf"(?:no|kein|keine|keinen)\s+{_ARTIST}\s+(?:twice|more than once|repeated|doppelt|mehrfach|zweimal)|(?:only\s+|all\s+|nur\s+)?(?:different|verschiedene[rn]?)\s+{_ARTIST}|no repeat(?:ed|ing)? {_ARTIST}", {"most": 1}),
    _p("apart", rf"(?:same\s+)?{_ARTIST}\s+(?:at least\s+)?(?P<n>{NUMBER})\s+(?:{_SONGS}\s+)?apart|(?:mindestens\s+)?(?P<n2>{NUMBER})\s+{_SONGS}\s+abstand(?:\s+zwischen\s+{_ARTIST})?", _apart),
    # length
    _p("length", rf"{_ABOUT}(?P<h>\d{{1,2}})\s*(?:h|:)\s*(?P<m>\d\d)(?:\s*(?:h|hours?|stunden?|std|min))?", _minutes),
    _p("length", rf"{_ABOUT}(?P<h>{NUMBER})\s*-?\s*{_HOURS}\s*(?:and|und)?\s+(?P<m>{NUMBER})\s*-?\s*{_MINUTES}", _minutes),
    _p("length", rf"{_ABOUT}(?P<h>{NUMBER})(?:\s+{_HOURS})?\s+(?P<half>and a half)(?:\s+{_HOURS})?", lambda m: _minutes(m) if "h" in m[0] else None),
    _p("length", rf"{_ABOUT}(?P<half>half an hour|(?:eine\s+)?halbe\s+stunde)", _minutes),
    _p("length", rf"{_ABOUT}(?:anderthalb|eineinhalb|einundeinhalb)\s*{_HOURS}", {"minutes": 90}),
    _p("length", rf"{_ABOUT}zweieinhalb\s*{_HOURS}", {"minutes": 150}),
    _p("length", rf"{_ABOUT}(?:eine\s+)?(?:dreiviertelstunde|three quarters of an hour)", {"minutes": 45}),
    _p("length", rf"{_ABOUT}(?P<h>{NUMBER})\s*-?\s*(?:{_HOURS}|stundig(?:e[rsn]?)?)(?:\s+long|\s+lang)?", _minutes),
    _p("length", rf"{_ABOUT}(?P<m>{NUMBER})\s*-?\s*{_MINUTES}(?:\s+long|\s+lang)?", _minutes),
    _p("length", rf"{_ABOUT}(?P<n>{NUMBER})\s+(?:different\s+|verschiedene\s+)?{_SONGS}", _count),
    _p("length", rf"(?P<n>\d{{1,3}})(?=\s+(?:liked|favou?rite|starred|unplayed|unheard|lieblings\w+|gelikte\w*|ungehort\w*|ungespielt\w*|(?!bpm|min|er\b|hour|std|stund)\w+\s+(?:\w+\s+)?{_SONGS}\b))", _count),
    # what is known of each track
    _p("live", rf"(?:but\s+|aber\s+|und\s+)?{_NO}\s+(?:(?:any|was|etwas|von|bitte|zu)\s+)?{_LIVE}|(?:{_ONLY}\s+)?studio(?:[\s-]*(?:recordings?|versions?|albums?|aufnahmen?|versionen|alben))?\s+(?:only|nur)|{_ONLY}\s+studio(?:[\s-]*(?:recordings?|versions?|albums?|aufnahmen?|versionen|alben))?|studio[\s-]?(?:recordings?|aufnahmen)", {"is": False}),
    _p("live", rf"{_ONLY}\s+{_LIVE}|{_LIVE}\s+only|live[\s-]+(?:music|musik|concerts?|konzerte?|recordings?|versions?|albums?|cuts|aufnahmen|versionen|mitschnitte?n?|alben)|recorded live|live aufgenommen\w*", {"is": True}),
    _p("liked", r"(?:nothing|not|nichts|keine)\s+(?:that\s+|what\s+)?(?:i(?:'ve| have)?\s+liked|liked|gelikte?s?)", {"is": False}),
    _p("liked", rf"(?:(?:{_ONLY}|from|of|among|aus)\s+)*(?:(?:my|our|meinen?|unsere[rn]?)\s+)?(?:liked|favou?rite|starred|loved|hearted)(?:\s+(?:songs?|tracks?|music|ones|tunes))?|(?:(?:from|only|aus|nur)\s+)*(?:my|meinen?)\s+(?:favou?rites|likes|favoriten|lieblinge\w*)|(?:(?:nur|aus|meinen?)\s+)*(?:lieblings\w+|favoriten|gelikte\w*)|(?:songs?|tracks?|music|titel|lieder)\s+(?:that\s+)?(?:i (?:like|love)|die ich mag)", {"is": True}),
    _p("played", rf"(?:that\s+)?(?:i\s+)?(?:haven't|have not|not|nicht)\s+(?:been\s+)?(?:played|heard|gehort\w*|gespielt\w*|listened to)\s+{_AGO}", _unplayed_for),
    _p("played", rf"{_AGO}\s+(?:not|nicht)\s+(?:played|heard|gehort\w*|gespielt\w*)", _unplayed_for),
    _p("played", r"unplayed|unheard|never (?:been )?(?:played|heard)|(?:that\s+)?i(?:'ve| have)? (?:never|not)(?: yet)? (?:played|heard|listened to)(?: yet| before)?|(?:that\s+)?i haven't (?:played|heard)(?: yet)?|not (?:yet )?played(?: yet)?|(?:die ich )?(?:noch )?(?:nie|nicht) (?:gehort|gespielt)\w*(?: habe)?|ungehort\w*|ungespielt\w*", {"is": False}),
    _p("added", rf"(?:(?:recently|newly|lately)\s+)?added\s+{_AGO}", _added),
    _p("added", rf"{_AGO}\s+(?:hinzugefugt\w*|dazugekommen\w*|added)", _added),
    _p("added", rf"(?:new|neu)\s+{_AGO}", _added),
    _p("added", r"(?:recently|newly|lately|just) added|recent additions|new(?:ly)? in (?:my|the) (?:library|collection)|(?:kurzlich|neu|zuletzt|frisch) (?:hinzugefugt\w*|dazugekommen\w*)|neuzugange\w*", {"days": 30}),
    _p("rating", r"(?:(?:rated|with|at least|min(?:imum)?|bewertet mit|mit|ab|mindestens|only|nur)\s+)*(?P<n>[1-5]|one|two|three|four|five|ein|zwei|drei|vier|funf)\s*\+?\s*-?(?:stars?|sternen?)(?:\s+(?:or|and|und|oder)\s+(?:more|better|up|above|mehr|besser))?", _stars),
    _p("explicit", rf"(?:{_NO})\s+(?:explicit|expliziten?|swearing|bad language|cursing|profanity|schimpfworter|fluche\w*)(?:\s+(?:lyrics|words|content|songs?|tracks?|texte?n?|inhalte?n?))?|(?:{_ONLY}\s+)?clean(?:\s+(?:versions?|lyrics|only))+|(?:kid|child|family)[\s-]?(?:friendly|safe|proof)|safe for (?:kids|children|work)|jugendfrei\w*|kinderfreundlich\w*", {"is": False}),
    _p("explicit", rf"{_ONLY}\s+explicit\w*|explicit\w* (?:only|nur)", {"is": True}),
    _p("instrumental", rf"{_ONLY}\s+instrumental\w*|instrumental\w*\s+(?:only|nur)", {"is": True}),
    # the course of energy
    _p("curve", r"(?:peak(?:s|ing)?|highpoint|climax|hohepunkt|gipfel)\s+(?:in|at|near|towards|am|zur|um)\s+(?:the\s+|der\s+|die\s+)?(?:middle|mitte|halfway|cent(?:er|re))|(?:in an?\s+|als\s+|im\s+)?(?:arc|bogen)(?:\s+of energy|formig)?|up and then down(?: again)?|rauf und (?:wieder )?runter", {"name": "arc"}),
    _p("curve", r"(?:with\s+|mit\s+)?(?:ups? and downs?|in waves|wave(?:s| shaped| curve)|wellen(?:formig\w*)?|auf und ab|hohen und tiefen)(?: of energy| der energie)?", {"name": "wave"}),
    _p("curve", rf"(?:(?:slowly|gradually|steadily|langsam|allmahlich|stetig|energy)\s+)*(?:rising|rises?|building(?:\s+up)?|builds?\s+up|buildup|increasing|increases|ramp(?:s|ing)? up|gets? {_GETTING}|getting {_GETTING}|(?:more and more|ever) energetic|warm(?:s|ing)?[\s-]up|crescendo|steigend\w*|ansteigend\w*|steigernd\w*|sich steigernd\w*|steigert sich|(?:immer|zunehmend) (?:schneller|lauter|energischer|wilder|tanzbarer|energiegeladener)(?: werdend\w*)?|aufdrehend\w*)(?:\s+(?:in\s+)?(?:energy|intensity|energie))?", {"name": "rise"}),
    _p("curve", rf"(?:(?:slowly|gradually|steadily|langsam|allmahlich|stetig|energy)\s+)*(?:falling|falls|wind(?:s|ing)? down|cool(?:s|ing)? down|calm(?:s|ing)? down|com(?:e|es|ing) down|gets? {_EASING}|getting {_EASING}|decreasing|decreases|decrescendo|fad(?:e|es|ing) out|fallend\w*|abfallend\w*|abnehmend\w*|ausklingend\w*|(?:immer|zunehmend) (?:ruhiger|langsamer|leiser|sanfter)(?: werdend\w*)?|runterkommen\w*|zur ruhe kommen\w*)(?:\s+(?:in\s+)?(?:energy|intensity|energie))?", {"name": "fall"}),
    _p("curve", r"(?:steady|constant|even|same|flat|unchanging|gleichbleibend\w*|gleichmaßig\w*|gleichmassig\w*|konstant\w*|gleiche[rs]?)\s+(?:level of\s+)?(?:energy|intensity|energie|level|niveau)(?:\s+(?:throughout|all the way|durchgehend|durchweg))?|same energy throughout", {"name": "flat"}),
)  # fmt: skip
