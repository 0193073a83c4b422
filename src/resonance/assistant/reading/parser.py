"""A sentence into a plan, without any model: English and German phrases, music in seven languages.

First the names of the library, then the phrases that say how the list is made, then exact conditions, then
how it begins and ends and what it leads from and to; what is left is read as search/meaning reads a question.
Each step takes its words out of the sentence. What nothing was made of is named in the plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from resonance.assistant import kinds
from resonance.assistant.plan import LONGEST_TEXT, Piece, Plan
from resonance.assistant.reading import edges, exact, leftovers, meaning, names, phrases
from resonance.assistant.reading.edges import level_of
from resonance.assistant.reading.names import Known, Nothing
from resonance.assistant.reading.sentence import LONGEST, Sentence


@dataclass
class _Draft:
    """Pieces with where they stood, so that they end in the order of the sentence."""

    pieces: list[tuple[int, Piece]] = field(default_factory=list)

    def add(self, start: int, kind: str, value: Any, words: str, *, sure: bool = True) -> None:
        if "text" in value:
            value = {**value, "text": value["text"][: kinds.LONGEST]}
        self.pieces.append((start, Piece(kind, kinds.checked(kind, value), words, sure)))

    def settled(self) -> tuple[Piece, ...]:
        """In order; of what can be there once the first; the same only once."""
        kept: list[Piece] = []
        for _, piece in sorted(self.pieces, key=lambda pair: pair[0]):
            same = any(other.kind == piece.kind and other.value == piece.value for other in kept)
            taken = piece.kind in kinds.SINGLE and any(other.kind == piece.kind for other in kept)
            if not same and not taken:
                kept.append(piece)
        return tuple(kept)


def parse(text: str, known: Known | None = None) -> Plan:
    """The plan of a sentence. Never fails: what is not understood is in its leftovers."""
    sentence, draft = Sentence(text), _Draft()
    library = known or Nothing()
    for named in names.said(sentence, library):
        _named(draft, named)
    for found in (*phrases.said(sentence), *exact.said(sentence)):
        draft.add(found.start, found.kind, found.value, found.words)
    for edge in edges.edges(sentence):
        level = level_of(edge.text)
        value = {"text": edge.text} | ({} if level is None else {"level": level})
        draft.add(edge.start, edge.kind, value, edge.words, sure=edge.sure)
    for edge in edges.paths(sentence):
        draft.add(edge.start, edge.kind, {"text": edge.text}, edge.words, sure=edge.sure)
    for meant in meaning.said(sentence):
        draft.add(meant.start, meant.kind, meant.value, meant.words, sure=meant.sure)
    left = leftovers.said(sentence, library)
    for name in left.names:
        draft.add(name.start, name.kind, {"text": name.text}, name.words, sure=name.kind == "sound")
    unread = (*left.unread, *((f"what follows after {LONGEST} characters",) if sentence.cut else ()))
    return Plan(text=text[:LONGEST_TEXT], pieces=draft.settled(), leftovers=unread)


def _named(draft: _Draft, named: names.Named) -> None:
    if named.wanted in ("by", "not"):
        value = {"names": named.names} | ({"not": True} if named.wanted == "not" else {})
        draft.add(named.start, "artist", value, named.words)
    else:
        for name in named.names:
            draft.add(named.start, "like", {"text": name}, named.words, sure=named.wanted == "like")
