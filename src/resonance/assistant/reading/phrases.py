"""Phrases that say how the list is to be made, in English and German, and what each of them means.

They are matched on small letters without accents ("für" is "fur", "ß" stays). What stands inside a phrase and says
something of its own ("max 2 liked songs per artist") is its group `else_` and is read again. What music is to be
like is not here: that is search/meaning's.
"""

# ruff: noqa: E501, SIM905 - a pattern reads best with one language a line

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from resonance.assistant.kinds import MOST_MINUTES, MOST_TRACKS
from resonance.assistant.reading.numbers import NUMBER, PART, SEVERAL, number, whole
from resonance.assistant.reading.sentence import Sentence

LONG_AGO = 180  # days: "for ages"
LOSSLESS = ("flac", "alac", "wav", "aiff", "ape", "wavpack", "tta", "dsf")
FORMATS = {name: name for name in "flac mp3 aac alac m4a ogg vorbis opus wav aiff ape wma wavpack dsf".split()} | {
    "aif": "aiff", "wv": "wavpack", "dsd": "dsf",
}  # fmt: skip
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


def said(sentence: Sentence) -> Iterator[Said]:
    """Every phrase of the sentence, taken out of it."""
    for kind, pattern, means in PHRASES:
        for match in list(pattern.finditer(sentence.lower)):
            value = means(match)
            if value is not None and sentence.lower[match.start() : match.end()] == match[0]:
                yield Said(kind, value, _taken(sentence, match), match.start())


def begin_at(lower: str, start: int) -> bool:
    """Whether a phrase of this table begins at a place of a sentence."""
    return any(phrase.pattern.match(lower, start) for phrase in PHRASES)


def _taken(sentence: Sentence, match: Match) -> str:
    """The words of a phrase, without those inside it that are read by themselves."""
    start, end = match.span("else_") if match.groupdict().get("else_") else (match.end(), match.end())
    words = sentence.take(match.start(), start), sentence.take(end, match.end())
    return " ".join(part for part in words if part)


def _minutes(match: Match) -> dict[str, Any] | None:
    found = match.groupdict()
    hours = (number(found.get(name)) or 0.0 for name in ("h", "part", "part2"))
    total = 60 * sum(hours) + (number(found.get("m")) or 0.0)
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


def _liked(match: Match) -> dict[str, Any] | None:
    """Somebody else's favourites are nothing that is known here."""
    before, own = match.string[: match.start()], _OWN_LIKES.search(match[0])
    another = not own and (_WHOSE_BEFORE.search(before) or _WHOSE_AFTER.match(match.string, match.end()))
    return None if another else {"is": True}


def _days(match: Match) -> int:
    if match["unit"] is None:
        return LONG_AGO
    each = {"d": 1, "t": 1, "w": 7, "m": 30, "y": 365, "j": 365}[match["unit"][:1]]
    return min(36_500, each * (whole(match["n"] or match.groupdict().get("n2"), 1, 1000) or 1))


def _added(match: Match) -> dict[str, Any]:
    return {"days": _days(match)}


def _unplayed_for(match: Match) -> dict[str, Any]:
    return {"is": False, "days": _days(match)}


def _played_in(match: Match) -> dict[str, Any]:
    return {"is": True, "days": _days(match)}


def _duration(match: Match) -> dict[str, Any] | None:
    minutes = number(match["m"])
    if minutes is None or not 0.1 <= minutes <= MOST_MINUTES:
        return None
    return {"to" if match.groupdict().get("less") else "from": minutes}


def _format(match: Match) -> dict[str, Any]:
    named = match["format"] or match["also"]
    names = list(LOSSLESS) if named[0] in "lv" and named not in FORMATS else [FORMATS.get(named, named)]
    return {"names": names} | ({"not": True} if match.groupdict().get("no") else {})


def _stars(match: Match) -> dict[str, Any] | None:
    count = whole(match["n"], 1, 5)
    return {"least": count} if count else None


_SONGS = r"(?:tracks?|songs?|tunes?|titeln?|lieder|liedern|stucke?n?|nummern)"
_ARTIST = r"(?:artists?|bands?|acts?|performers?|singers?|interpret(?:en|in)?|kunstler(?:in|innen|n)?|musiker(?:in)?)"
_ABOUT = r"(?:(?:about|around|roughly|for|exactly|circa|ca\.?|etwa|ungefahr|rund|fur|genau|insgesamt|in total|of)\s+)*"
_HOURS = r"(?:hours?|heures?|horas?|ore|ora|uren|uur|hrs?|hr|h|stunden?|std\.?)"
_MINUTES = r"(?:minutes?|minutos?|minuti|minuten|mins?|min\.?|minuten|minutig(?:e[rsn]?)?|')"
_MOST = r"(?:(?:a\s+)?max(?:imum|imal)?\.?(?:\s+of)?|at most|not over|never more than|hochst|maximal|no more than|not more than|up to|only|just|hochstens|nicht mehr als|nur)"
_NO = r"(?:nothing|no|not|never|without|non|except|excluding|minus|außer|ausser|don't|dont|avoid|skip|nichts|keine?[nrms]?|ohne|nie|niemals|nicht|bitte nicht)"
_ONLY = r"(?:only|just|nothing but|strictly|purely|exclusively|nur|ausschließlich|ausschliesslich|lediglich)"
_RECENT = (
    r"(?:(?:in|within|during|from|over|for|seit|innerhalb)\s+)?(?:(?:the|this|der|den|dem|diese[rnms]?)\s+)?"
)
_UNIT = r"(?:days?|weeks?|months?|years?|tag(?:en?)?|wochen?|monat(?:en?|s)?|jahr(?:en?|s)?)"
_AGO = rf"(?:{_RECENT}(?:last|past|previous|this|letzten?|letzte[rnms]|vergangene[rnms]?|diese[rnms]?)\s+(?:(?P<n>{NUMBER})\s+)?(?P<unit>{_UNIT}))"
# "in a year", "for 3 months", "seit einem Jahr", "for ages"
_SINCE = rf"(?:{_RECENT}(?:(?:last|past|previous|this|letzten?|letzte[rnms]|vergangene[rnms]?|diese[rnms]?)\s+(?:(?P<n>{NUMBER})\s+)?|(?:(?:in|for|seit|within|over|more than|mehr als|uber)\s+)+(?:(?:at least|mindestens)\s+)?(?P<n2>{NUMBER})\s+)(?P<unit>{_UNIT})|(?:for|in|since)\s+(?:ages|(?:such\s+)?a (?:long )?(?:while|time)|forever|years)|(?:schon\s+)?(?:seit\s+)?(?:sehr\s+)?(?:lang\w*|ewig\w*)(?:\s+zeit)?(?:\s+mehr)?)"
_LIVE = r"live(?:[\s-]+(?:tracks?|recordings?|versions?|albums?|stuff|songs?|music|cuts?|sets?|aufnahmen?|versionen|stucke?|musik|material|mitschnitte?n?|alben|titel))?"
_KIN = r"(?:my|our|your|his|her|their|meine[mnrs]?|unsere[mnrs]?|seine[mnrs]?|ihre[mnrs]?|deine[mnrs]?|eure[mnrs]?)"
_OWN_LIKES = re.compile(r"(?<!\w)(?:my|our|i|ich|mein\w*|unser\w*)\s")
_WHOSE_BEFORE = re.compile(
    r"(?:\w's|\ws'|(?<!\w)(?:your|his|her|their|seine?[mnrs]?|ihre?[mnrs]?|deine?[mnrs]?|eure[mnrs]?))\s+$"
)
_WHOSE_AFTER = re.compile(
    rf"\s+(?:(?:of|von)\s+{_KIN}|(?:mein|unser|sein|ihr|dein|eur)e[rs])\s+(?!{_SONGS})[^\W\d]\w*(?!\w)"
)
_HEARD = r"(?:played|heard|listened to|(?:an)?gehort\w*|gespielt\w*)"
_WHICH = r"(?:(?:that|which|die|was)\s*,?\s*)?(?:(?:i|ich)(?:'ve| have)?\s+)?"
_GETTING = r"(?:gradually\s+)?(?:faster|louder|more energetic|wilder|livelier|higher|harder|more intense)"
_EASING = r"(?:slower|calmer|quieter|softer|gentler|more relaxed|mellower|lower)"
_BECOMING = r"(?:gets?|getting|becom(?:es?|ing)|grow(?:s|ing)?)"
_WERDEN = r"(?:\s+(?:und\s+\w+er\s+)?(?:werden\w*|wird))?"

# What a count may stand before, and what says something by itself: "2 liked songs", "20 zufallige Lieder".
_OWN = r"(?:(?!per\b|pro\b|je\b|or\b|oder\b|and\b|und\b|bpm\b|min|er\b|hour|std|stund|to\b|bis\b|stars?\b|stern)[^\W\d]\w*(?:\s+(?!per\b|pro\b)[^\W\d]\w*)?)"
_REPEATED = r"(?:repeat(?:ed|ing|s)?|twice|more than once|multiple times|doppelt|mehrfach|mehrmals|zweimal|ofter als einmal)"
_NOT_TWICE = r"(?:don't|dont|do not|never|no|not|without|kein|keine|keinen|nicht|ohne|nie)"

_FORMAT = "(?:" + "|".join([*FORMATS, "lossless", "verlustfrei\\w*"]) + ")"

PHRASES: tuple[Phrase, ...] = (
    # the most by one artist, before counts of tracks
    _p("apart", rf"(?:{_NOT_TWICE}\s+)?(?:two|2|zwei)\s+{_SONGS}\s+(?:from|by|of|von|vom)\s+(?:the same|one|demselben|einem|selben)\s+{_ARTIST}\s+(?:in a row|back to back|after (?:each other|one another)|nacheinander|hintereinander)|{_NOT_TWICE}\s+(?:the\s+)?(?:same\s+|gleichen?\s+)?{_ARTIST}\s+(?:twice\s+|zweimal\s+)?(?:in a row|back to back|nacheinander|hintereinander)", {"tracks": 1}),
    _p("per_artist", rf"(?:{_MOST}\s+)?(?P<n>{NUMBER})\s*(?:x\s+)?(?:(?P<else_>{_OWN})\s+)?(?:{_SONGS}\s+)?(?:per|an|each|for each|by (?:the same|one|any|each|every)|from (?:the same|one|any|each|every)|of (?:the same|each|one)|pro|je|von (?:einem|jedem|derselben|demselben|jeder|einer))\s+(?:einzelnen?\s+)?{_ARTIST}", _most),
    _p("per_artist", rf"(?:each|every|jede[rn]?)\s+{_ARTIST}\s+(?:(?:only|just|nur)\s+)?(?P<n>once|twice|einmal|zweimal|dreimal)", _most),
    _p("per_artist", rf"{_ARTIST}\s+{_MOST}\s+(?P<n>{NUMBER})(?:\s+(?:times?|mal|{_SONGS}))?", _most),
    _p("per_artist", rf"{_NOT_TWICE}\s+(?:(?:play|have|use|spiel\w*)\s+)?(?:(?:any|an|the|same|einen|den|gleichen)\s+)*{_ARTIST}\s+{_REPEATED}|{_NOT_TWICE}\s+repeat(?:ed|ing)?\s+(?:any\s+|the\s+|same\s+)*{_ARTIST}|(?:only\s+|all\s+|nur\s+)?(?:different|verschiedene[rn]?)\s+{_ARTIST}|(?:same\s+)?{_ARTIST} not {_REPEATED}", {"most": 1}),
    # how long a track may be, before how long the list is
    _p("duration", rf"(?:{_SONGS}\s+)?(?:that are\s+|die\s+)?(?:(?P<less>(?:no longer|not longer|shorter|less)\s+than|nicht langer als|kurzer als)|longer than|langer als)\s+(?P<m>{NUMBER})\s*-?\s*{_MINUTES}(?:\s+(?:each|long|lang|sind|are))*", _duration),
    _p("duration", rf"(?:(?:long|short|lange|kurze)\s+)?{_SONGS}\s+(?:of\s+)?(?:(?P<less>under|below|up to|at most|max(?:imum)?|unter|bis zu|hochstens|maximal)|over|above|at least|uber|mindestens|ab)\s+(?P<m>{NUMBER})\s*-?\s*{_MINUTES}(?:\s+(?:each|long|lang))*", _duration),
    _p("duration", rf"(?:(?P<less>under|below|up to|at most|unter|bis zu|hochstens)|over|above|at least|uber|mindestens)\s+(?P<m>{NUMBER})\s*-?\s*{_MINUTES}\s+(?:each|a (?:song|track)|per (?:song|track)|pro (?:song|lied|titel|stuck)|jeweils)", _duration),
    _p("apart", rf"(?:same\s+)?{_ARTIST}\s+(?:at least\s+)?(?P<n>{NUMBER})\s+(?:{_SONGS}\s+)?apart|(?:mindestens\s+)?(?P<n2>{NUMBER})\s+{_SONGS}\s+abstand(?:\s+zwischen\s+{_ARTIST})?", _apart),
    # length
    _p("length", rf"{_ABOUT}(?P<h>\d{{1,2}})\s*(?:h|:)\s*(?P<m>\d\d)(?:\s*(?:h|hours?|stunden?|std|min))?", _minutes),
    _p("length", rf"{_ABOUT}(?P<h>{NUMBER})\s*-?\s*{_HOURS}\s*(?:and|und)?\s+(?P<m>{NUMBER})\s*-?\s*{_MINUTES}", _minutes),
    _p("length", rf"{_ABOUT}(?P<h>{NUMBER})(?:\s+{_HOURS}\s+(?:and|und)\s+(?P<part>{PART})(?:\s+{_HOURS})?|\s+(?:and|und)\s+(?P<part2>{PART})\s+{_HOURS})", _minutes),
    _p("length", rf"{_ABOUT}(?:(?:an?|one|eine[rn]?)\s+)?(?P<part>{PART})\s*-?\s*(?:of\s+)?(?:(?:an?|one|eine[rn]?)\s+)?{_HOURS}", _minutes),
    _p("length", rf"{_ABOUT}(?P<h>{NUMBER})\s*-?\s*(?:{_HOURS}|stundig(?:e[rsn]?)?)(?:\s+long|\s+lang)?", _minutes),
    _p("length", rf"{_ABOUT}(?P<m>{NUMBER})\s*-?\s*{_MINUTES}(?:\s+long|\s+lang)?", _minutes),
    _p("length", rf"{_ABOUT}(?P<n>{NUMBER})\s+(?:different\s+|verschiedene\s+)?{_SONGS}", _count),
    _p("length", rf"{_ABOUT}(?P<n>{SEVERAL})\s+(?:(?:of|von|aus)\s+)?(?:(?:my|our|the|your|meinen?r?|unsere[nr]?|den|der)\s+)?(?P<else_>{_OWN})\s+{_SONGS}", _count),
    _p("length", r"(?P<n>\d{1,3})(?=\s+(?:liked|favou?rites?|starred|unplayed|unheard|lieblings\w+|gelikte\w*|ungehort\w*|ungespielt\w*)\b)", _count),
    # what is known of each track
    _p("live", rf"(?:but\s+|aber\s+|und\s+)?{_NO}\s+(?:(?:any|was|etwas|von|bitte|zu)\s+)?{_LIVE}|(?:{_ONLY}\s+)?studio(?:[\s-]*(?:recordings?|versions?|albums?|aufnahmen?|versionen|alben))?\s+(?:only|nur)|{_ONLY}\s+studio(?:[\s-]*(?:recordings?|versions?|albums?|aufnahmen?|versionen|alben))?|studio[\s-]?(?:recordings?|aufnahmen)", {"is": False}),
    _p("live", rf"{_ONLY}\s+{_LIVE}|{_LIVE}\s+only|live[\s-]+(?:music|musik|concerts?|konzerte?|recordings?|versions?|albums?|cuts|aufnahmen|versionen|mitschnitte?n?|alben)|recorded live|live aufgenommen\w*", {"is": True}),
    _p("liked", r"(?:nothing|not|nichts|keine)\s+(?:that\s+|what\s+)?(?:i(?:'ve| have)?\s+liked|liked|gelikte?s?)", {"is": False}),
    _p("liked", rf"(?:(?:{_ONLY}|from|of|among|aus)\s+)*(?:(?:my|our|meinen?|unsere[rn]?)\s+)?(?:liked|favou?rite|starred|loved|hearted)(?:\s+(?:songs?|tracks?|music|ones|tunes))?|(?:(?:from|only|aus|nur)\s+)*(?:my|meinen?)\s+(?:favou?rites?|likes|favoriten|lieblinge\w*|liebsten)(?:\s+{_SONGS})?|favou?rites|(?:(?:nur|aus|meinen?)\s+)*(?:lieblings\w+|favoriten|gelikte\w*)|(?:songs?|tracks?|music|titel|lieder)\s+(?:that\s+)?(?:i (?:like|love)|die ich mag)", _liked),
    _p("played", rf"{_WHICH}(?:(?:haven't|havent|have not|hasn't|didn't|not|nicht)\s+(?:been\s+)?|un){_HEARD}\s+{_SINCE}", _unplayed_for),
    _p("played", rf"(?:{_WHICH})?{_SINCE}\s+(?:not|nicht(?:\s+mehr)?)\s+{_HEARD}(?:\s+habe)?", _unplayed_for),
    _p("played", rf"{_WHICH}(?:(?:have|already)\s+)?{_HEARD}\s+(?:(?:a lot|often|most)\s+)?{_AGO}", _played_in),
    _p("played", rf"(?:{_WHICH})?{_AGO}\s+(?:oft\s+|viel\s+)?{_HEARD}(?:\s+habe)?", _played_in),
    _p("played", r"unplayed|unheard|never (?:been )?(?:played|heard|listened to)|(?:(?:that\s+)?i(?:'ve| have)? (?:never|not)(?: yet)? (?:played|heard|listened to)(?: yet| before)?|(?:that\s+)?i (?:haven't|havent) (?:played|heard)(?: yet)?|not (?:yet )?played(?: yet)?)(?!\s+since\b)|(?<!\d{4} )(?:die ich )?(?:noch )?(?:nie|nicht) (?:an)?(?:gehort|gespielt)\w*(?: habe)?|ungehort\w*|ungespielt\w*", {"is": False}),
    _p("added", rf"(?:(?:recently|newly|lately)\s+)?added\s+{_AGO}", _added),
    _p("added", rf"{_AGO}\s+(?:hinzugefugt\w*|dazugekommen\w*|added)", _added),
    _p("added", rf"(?:new|neu)(?:\s+(?:hinzugefugt\w*|dazugekommen\w*))?\s+{_AGO}", _added),
    _p("added", rf"(?:(?:that\s+|which\s+|die\s+)?(?:i|ich)\s+)?(?:hinzugefugt\w*|dazugekommen\w*|added|bought|got)\s+{_AGO}", _added),
    _p("added", r"(?:recently|newly|lately|just) added|recent additions|new(?:ly)? in (?:my|the) (?:library|collection)|(?:kurzlich|neu|zuletzt|frisch) (?:hinzugefugt\w*|dazugekommen\w*)|neuzugange\w*", {"days": 30}),
    _p("rating", rf"(?:(?:rated|with|at least|min(?:imum)?|bewertet mit|mit|ab|mindestens|only|nur)\s+)*(?P<n>[1-5]|one|two|three|four|five|ein|zwei|drei|vier|funf)\s*\+?\s*-?(?:stars?|sternen?)(?:\s+(?:or|and|und|oder)\s+(?:more|better|up|above|higher|mehr|besser|hoher))?(?:\s+{_SONGS}(?:\s+and\s+(?:up|above))?)?", _stars),
    _p("rating", r"(?:rated|rating(?: of)?|bewertet(?: mit)?)\s+(?:(?:at least|mindestens|with)\s+)?(?P<n>[1-5]|one|two|three|four|five|ein|zwei|drei|vier|funf)(?:\s*\+|\s+(?:or|and|und|oder)\s+(?:more|better|up|above|higher|mehr|besser|hoher))?", _stars),
    _p("format", rf"(?:(?P<no>{_NO})|{_ONLY}|(?:(?:only|just|nur)\s+)?(?:in|als|as))\s+(?P<format>{_FORMAT})(?:[\s-]+(?:files?|dateien|format|quality|qualitat))?(?:\s+(?:only|nur))?|(?P<also>{_FORMAT})(?:[\s-]+(?:files?|dateien|format|quality|qualitat))?\s+(?:only|nur)", _format),
    _p("explicit", rf"(?:{_NO})\s+(?:explicit|expliziten?|swearing|bad language|cursing|profanity|schimpfworter|fluche\w*)(?:\s+(?:lyrics|words|content|songs?|tracks?|texte?n?|inhalte?n?))?|(?:{_ONLY}\s+)?clean(?:\s+(?:versions?|lyrics|only))+|(?:kid|child|family)[\s-]?(?:friendly|safe|proof)|safe for (?:kids|children|work)|jugendfrei\w*|kinderfreundlich\w*", {"is": False}),
    _p("explicit", rf"{_ONLY}\s+explicit\w*|explicit\w* (?:only|nur)", {"is": True}),
    _p("instrumental", rf"{_ONLY}\s+instrumental\w*|instrumental\w*\s+(?:only|nur)", {"is": True}),
    # the course of energy
    _p("curve", r"(?:peak(?:s|ing)?|highpoint|climax|hohepunkt|gipfel)\s+(?:in|at|near|towards|am|zur|um)\s+(?:the\s+|der\s+|die\s+)?(?:middle|mitte|halfway|cent(?:er|re))|(?:in der|zur)\s+mitte\s+(?:der\s+|ein\s+|den\s+)?(?:hohepunkt|gipfel|am (?:lautesten|wildesten|schnellsten))|(?:in an?\s+|als\s+|im\s+)?(?:arc|bogen)(?:\s+of energy|formig)?|up and then down(?: again)?|rauf und (?:wieder )?runter", {"name": "arc"}),
    _p("curve", r"(?:with\s+|mit\s+)?(?:ups? and downs?|in waves|wave(?:s| shaped| curve)|wellen(?:formig\w*)?|auf und ab|hohen und tiefen)(?: of energy| der energie)?", {"name": "wave"}),
    _p("curve", rf"(?:(?:slowly|gradually|steadily|langsam|allmahlich|stetig|energy)\s+)*(?:rising|rises?|build(?:s|ing)?\s+(?:(?:it|things|the energy)\s+)?up|build(?:s|ing)?\s+(?:slowly|gradually|steadily)|building|buildup|increasing|increases|ramp(?:s|ing)? up|{_BECOMING} {_GETTING}(?:\s+and\s+{_GETTING})*|(?P<more>{_GETTING})\s+and\s+(?P=more)|(?:more and more|ever) energetic|warm(?:s|ing)?[\s-]up|(?:more and )?more energy|mehr energie|crescendo|steigend\w*|ansteigend\w*|steigernd\w*|sich steigernd\w*|steigert sich|(?:immer|zunehmend) (?:schneller|lauter|energischer|wilder|tanzbarer|energiegeladener){_WERDEN}|aufdrehend\w*)(?:\s+(?:in\s+)?(?:energy|intensity|energie))?", {"name": "rise"}),
    _p("curve", rf"(?:(?:slowly|gradually|steadily|langsam|allmahlich|stetig|energy)\s+)*(?:falling|falls|wind(?:s|ing)? down|cool(?:s|ing)? down|calm(?:s|ing)? down|com(?:e|es|ing) down|{_BECOMING} {_EASING}(?:\s+and\s+{_EASING})*|(?P<less>{_EASING})\s+and\s+(?P=less)|decreasing|decreases|less(?: and less)? energy|weniger energie|decrescendo|fad(?:e|es|ing) out|fallend\w*|abfallend\w*|abnehmend\w*|ausklingend\w*|(?:immer|zunehmend) (?:ruhiger|langsamer|leiser|sanfter){_WERDEN}|runterkommen\w*|zur ruhe kommen\w*)(?:\s+(?:in\s+)?(?:energy|intensity|energie))?", {"name": "fall"}),
    _p("curve", r"(?:steady|constant|even|same|flat|unchanging|gleichbleibend\w*|gleichmaßig\w*|gleichmassig\w*|konstant\w*|gleiche[rs]?)\s+(?:level of\s+)?(?:energy|intensity|energie|level|niveau)(?:\s+(?:throughout|all the way|durchgehend|durchweg))?|same energy throughout", {"name": "flat"}),
)  # fmt: skip
