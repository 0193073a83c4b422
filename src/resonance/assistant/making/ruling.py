"""The pieces that must hold, as conditions of the rule language."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from resonance.assistant.kinds import Json
from resonance.assistant.plan import Plan
from resonance.core.text import fold
from resonance.rules.tree import All, Any, Node, Not, Rule, condition
from resonance.search.meaning import genres
from resonance.search.meaning.space import FAMILIES

# A recording before an audience says so in its title or its album's, or by the type of its release.
_LIVE_WORDS = tuple(
    f"live {word}"
    for word in "at in from on version session sessions recording take album aus im bei".split()  # noqa: SIM905
)
_MAINLY = 0.9  # weight from which a genre is of a family, not only near it


def nodes(plan: Plan, library_genres: Sequence[str] = ()) -> list[Node]:
    """A condition for each piece that must hold. `library_genres`: how the library spells its genres."""
    groups: dict[object, list[Node]] = {}
    for place, piece in enumerate(plan.pieces):
        node = node_of(piece.kind, piece.value, library_genres)
        if node is not None:
            groups.setdefault(piece.kind if _unites(piece.kind, piece.value) else place, []).append(node)
    return [own[0] if len(own) == 1 else Any(tuple(own)) for own in groups.values()]


def _unites(kind: str, value: Json) -> bool:
    """Whether several of the kind mean any of them: "by Nina Simone, by Miles Davis", "70s, 80s"."""
    if kind == "years":
        return not value.get("not") and all(None not in pair for pair in value["ranges"])
    return kind in ("artist", "genre", "key", "format") and not value.get("not")


def node_of(kind: str, value: Json, library_genres: Sequence[str] = ()) -> Node | None:
    """The condition of one piece; None for one that does not leave anything out."""
    if kind == "genre":
        asked = _any("genre", _genres(value["names"], library_genres))
        return Not(asked) if value.get("not") else asked
    make = _NODES.get(kind)
    return None if make is None else make(value)


def rule(plan: Plan, library_genres: Sequence[str] = ()) -> Rule:
    """All of them as one rule."""
    return Rule(All(tuple(nodes(plan, library_genres))))


def _genres(asked: Sequence[str], library: Sequence[str]) -> list[str]:
    """The asked genres with what the library has of their sort ("Cool Jazz" for "jazz")."""
    found = [name for name in library if any(_of_sort(one, name) for one in asked)]
    return list(dict.fromkeys((*asked, *found)))


def _of_sort(asked: str, tagged: str) -> bool:
    if genres.same(asked, tagged):
        return True
    known = genres.GENRES.get(genres.key(asked))
    if known is None or known.name not in FAMILIES:
        return False
    # "Jazz" is a whole family: bebop is of it.
    return any(
        family == known.families[0][0] and weight >= _MAINLY for family, weight in genres.families_of(tagged)
    )


def _any(field: str, values: Sequence[str], op: str = "is") -> Node:
    return Any(tuple(condition(field, op, value) for value in values))


def _years(value: Json) -> Node:
    ranges = []
    for low, high in value["ranges"]:
        if low is None or high is None:
            ranges.append(
                condition("year", "at_most", high) if low is None else condition("year", "at_least", low)
            )
        else:
            ranges.append(condition("year", "between", [low, high]))
    inside = Any(tuple(ranges))
    return Not(inside) if value.get("not") else inside


def _within(field: str, unit: float = 1) -> Callable[[Json], Node]:
    def make(value: Json) -> Node:
        ends: list[Node] = []
        if value.get("from") is not None:
            ends.append(condition(field, "at_least", value["from"] * unit))
        if value.get("to") is not None:
            ends.append(condition(field, "at_most", value["to"] * unit))
        return All(tuple(ends))

    return make


def _artist(value: Json) -> Node:
    named = Any(
        tuple(condition(field, "is", name) for field in ("artist", "album_artist") for name in value["names"])
    )
    return Not(named) if value.get("not") else _any("artist", value["names"])


def _format(value: Json) -> Node:
    """Of a codec, or in a file of that type."""
    named = Any(
        tuple(
            condition(field, "is", fold(name)) for name in value["names"] for field in ("codec", "file_type")
        )
    )
    return Not(named) if value.get("not") else named


def _live(value: Json) -> Node:
    told: list[Node] = [condition("release_type", "is", "live")]
    for field in ("title", "album"):
        said = (
            condition(field, "ends_with", "live"),
            *(condition(field, "has_words", w) for w in _LIVE_WORDS),
        )
        # The word itself first: hardly any title has it, and the rest need not be looked at.
        told.append(All((condition(field, "has_words", "live"), Any(said))))
    told += [condition("album", "has_words", words) for words in ("unplugged", "in concert")]
    return Any(tuple(told)) if value["is"] else Not(Any(tuple(told)))


def _played(value: Json) -> Node:
    if "days" in value:
        held = condition("last_played", "in_last", value["days"])
    else:
        held = condition("play_count", "at_least", 1)
    return held if value["is"] else Not(held)


def _instrumental(value: Json) -> Node:
    """As tags say: nobody has listened for voices."""
    told = Any(
        (
            condition("genre", "has_words", "instrumental"),
            condition("mood_tag", "has_words", "instrumental"),
            condition("title", "has_words", "instrumental"),
        )
    )
    return told if value["is"] else Not(told)


def _flag(field: str) -> Callable[[Json], Node]:
    def make(value: Json) -> Node:
        held = condition(field, "is", True)
        return held if value["is"] else Not(held)

    return make


_NODES: dict[str, Callable[[Json], Node]] = {
    "years": _years,
    "tempo": _within("bpm"),
    "energy": _within("energy"),
    "duration": _within("duration", 60),
    "format": _format,
    "key": lambda value: _any("key", value["keys"]),
    "artist": _artist,
    "live": _live,
    "liked": _flag("liked"),
    "explicit": _flag("explicit"),
    "played": _played,
    "added": lambda value: condition("added", "in_last", value["days"]),
    "rating": lambda value: condition("rating", "at_least", value["least"]),
    "instrumental": _instrumental,
}
HARD = frozenset((*_NODES, "genre"))
