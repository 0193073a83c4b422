"""What a sentence asks for: pieces that can be changed one by one, and made into music again.

A piece is {"kind", "value", "words", "sure"}: what it asks, the words it came from ("" where somebody added
it), and whether they can hardly mean anything else. `pins` puts tracks at places, `without` leaves some out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from resonance.assistant import kinds
from resonance.assistant.kinds import Json
from resonance.core.errors import Invalid
from resonance.core.ids import is_id

MOST_PIECES = 60
MOST_MARKED = 500
LONGEST_TEXT = 10_000
LONGEST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing asked for. `value` has the form of its kind, see `kinds`."""

    kind: str
    value: Json
    words: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """All that was asked for. `leftovers` are words that nothing was made of."""

    text: str = ""
    pieces: tuple[Piece, ...] = ()
    leftovers: tuple[str, ...] = ()
    pins: Mapping[str, int] = field(default_factory=dict)
    without: tuple[str, ...] = ()

    def of(self, kind: str) -> list[Json]:
        """The values of the pieces of a kind, in their order."""
        return [piece.value for piece in self.pieces if piece.kind == kind]

    def first(self, kind: str) -> Json | None:
        """The value that counts where only one can."""
        return next(iter(self.of(kind)), None)

    def with_piece(self, kind: str, value: Json) -> Plan:
        """With this instead of all of its kind."""
        kept = [piece for piece in self.pieces if piece.kind != kind]
        return replace(self, pieces=(*kept, Piece(kind, kinds.checked(kind, value))))

    def to_json(self) -> dict[str, Any]:
        """The form that is sent and kept."""
        return {
            "text": self.text,
            "pieces": [
                {"kind": piece.kind, "value": dict(piece.value), "words": piece.words, "sure": piece.sure}
                for piece in self.pieces
            ],
            "leftovers": list(self.leftovers),
            "pins": dict(self.pins),
            "without": list(self.without),
        }


def from_json(given: Any) -> Plan:
    """The plan of that form. Invalid, naming the path of the fault."""
    if not isinstance(given, dict):
        raise Invalid("A plan is an object.", field="plan")
    unknown = set(given) - {"text", "pieces", "leftovers", "pins", "without"}
    if unknown:
        raise Invalid(f"A plan has no {sorted(map(str, unknown))[0][:40]!r}.", field="plan")
    pieces = _listed(given.get("pieces"), "plan.pieces", MOST_PIECES)
    return Plan(
        text=_text(given.get("text", ""), "plan.text", LONGEST_TEXT),
        pieces=tuple(_piece(piece, f"plan.pieces[{place}]") for place, piece in enumerate(pieces)),
        leftovers=tuple(
            _text(word, "plan.leftovers", LONGEST_WORDS)
            for word in _listed(given.get("leftovers"), "plan.leftovers", MOST_MARKED)
        ),
        pins=_pins(given.get("pins")),
        without=tuple(_ids(_listed(given.get("without"), "plan.without", MOST_MARKED), "plan.without")),
    )


def _piece(given: Any, path: str) -> Piece:
    if not isinstance(given, dict) or not isinstance(given.get("kind"), str):
        raise Invalid("A piece is an object with a kind and a value.", field=path)
    if set(given) - {"kind", "value", "words", "sure"}:
        raise Invalid("A piece has a kind, a value, words and sure.", field=path)
    sure = given.get("sure", True)
    if not isinstance(sure, bool):
        raise Invalid("This is true or false.", field=f"{path}.sure")
    return Piece(
        given["kind"],
        kinds.checked(given["kind"], given.get("value"), f"{path}.value"),
        _text(given.get("words", ""), f"{path}.words", LONGEST_WORDS),
        sure,
    )


def _listed(given: Any, path: str, most: int) -> Sequence[Any]:
    if given is None:
        return ()
    if not isinstance(given, list) or len(given) > most:
        raise Invalid(f"This is a list of up to {most}.", field=path)
    return given


def _text(given: Any, path: str, longest: int) -> str:
    if not isinstance(given, str) or len(given) > longest:
        raise Invalid(f"This is a text of up to {longest} characters.", field=path)
    return given.encode("utf-8", "replace").decode().replace("\0", " ")


def _ids(given: Sequence[Any], path: str) -> Sequence[str]:
    if not all(isinstance(item, str) and is_id(item) for item in given):
        raise Invalid("These are ids of tracks.", field=path)
    return list(dict.fromkeys(given))


def _pins(given: Any) -> dict[str, int]:
    if given is None:
        return {}
    if not isinstance(given, dict) or len(given) > MOST_MARKED:
        raise Invalid("Pins are places by the ids of tracks.", field="plan.pins")
    _ids(list(given), "plan.pins")
    places = list(given.values())
    if not all(type(place) is int and -1 <= place < MOST_MARKED for place in places):
        raise Invalid("A place is a number from 0 on, or -1 for the last.", field="plan.pins")
    if len(set(places)) < len(places):
        raise Invalid("Two tracks are pinned to one place.", field="plan.pins")
    return dict(given)
