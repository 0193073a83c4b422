"""Words of requests that say nothing of the list: asking, politeness, what stands between the things said."""

# ruff: noqa: E501, SIM905 - tables

from __future__ import annotations

from resonance.search.meaning import feelings
from resonance.search.meaning.feelings import EMPTY, NOT

ONLY = frozenset("only just strictly purely exclusively nur ausschließlich ausschliesslich lediglich".split())
# What shapes the word behind it: "not too", "very", "only".
SHAPING = (
    NOT
    | feelings.TOO
    | feelings.VERY
    | feelings.SLIGHTLY
    | ONLY
    | frozenset("any nothing nichts keinerlei".split())
)
_ASKING = frozenset(
    "make create build generate compile give can could would will should may might must like want wanna love need "
    "have having has had would here there hi hey hello yes yeah ok okay please pls plz thanks thank thx cheers "
    "maybe perhaps us one ones get gets getting keep going go goes gone do does don doesn dont off put bring work "
    "everything anything every each all then first second finally nothing only but also really too than that they "
    "them their people someone somebody "
    "erstelle erstell mach mache macht baue bau brauche brauchen haben habe hab hatte gern gerne mochte mochten will "
    "wollen soll sollte konnen kann kannst konnte danke hallo hi ja wenn geht gehts halt dann zuerst zuletzt noch "
    "dazu danach nur aber alles jeder jede jeden jedes ne nen fur furs ins beim vom mein meine meinen meiner meinem meines unser "
    "unsere unseren unserer unserem unseres sein werden werdend sonst bisschen".split()
)
_LISTS = frozenset(
    "set sets session hour hours minute minutes start starting end ending begin beginning finish years year era from "
    "per artist artists different long lang total together list lists tracks songs vibes stuff mixtape soundtrack "
    "selection compilation collection playlists stunde stunden minuten anfang ende schluss jahre jahren jahr pro je "
    "kunstler interpret lange insgesamt stucke spielzeit dauer laufzeit auswahl zusammenstellung towards toward after "
    "um ca heure heures hora horas ora ore uur".split()
)


def says_nothing(word: str) -> bool:
    """Whether a folded word alone tells nothing."""
    return (
        len(word) < 2
        or word in EMPTY
        or word in SHAPING
        or word in feelings.OR
        or word in _ASKING
        or word in _LISTS
    )
