"""Names cut into terms, the same way for what is stored and what is asked.

Chinese, Japanese and Korean runs become overlapping pairs of characters (plus the last character alone, so
that any single character finds its word as a prefix). Names with marks inside get joined spellings too:
"R.E.M." is found as "rem", "AC/DC" as "acdc", "P!nk" as "pink", "Don't" as "dont".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from resonance.core.text import fold
from resonance.search.ports import Alternative, Atom, Group

LONGEST_TERM = 40
MARK = "§"  # begins each sign of a name without letters; fold() leaves none in a word
MOST_WORDS = 12  # of a query; the rest is ignored
_CJK = (
    "\u3040-\u30ff\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_CJK_RUN = re.compile(f"[{_CJK}]+|[^{_CJK}]+")
_IS_CJK = re.compile(f"[{_CJK}]")
_MARKED = re.compile(r"\S*[^\w\s]\S*")
_AS_LETTERS = str.maketrans("!$@€", "isae")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query: its joined spelling, the parts it falls into, whether it may go on."""

    text: str
    parts: tuple[str, ...]
    prefix: bool
    cjk: bool = False

    @property
    def group(self) -> Group:
        """What the word asks for as it was typed."""
        if self.cjk:
            return (tuple(Atom(part, self.prefix and len(self.parts) == 1) for part in self.parts),)
        spelled: Alternative = tuple(
            Atom(part, self.prefix and number == len(self.parts)) for number, part in enumerate(self.parts, 1)
        )
        return (spelled,) if len(self.parts) == 1 else (spelled, (Atom(self.text, self.prefix),))


def folded_title(name: str) -> str:
    """The folded name; marks alone ("!!!") keep a spelled form instead of nothing."""
    return fold(name) or _spelled(name)


def name_terms(name: str) -> list[str]:
    """Every term a document with this name is found by."""
    folded = fold(name)
    if not folded:
        spelled = _spelled(name)
        return [spelled] if spelled else []
    words = folded.split()
    terms = dict.fromkeys(_cut(words)) if not folded.isascii() else dict.fromkeys(words)
    if folded != name.lower() or len(folded) <= 10:
        terms.update(dict.fromkeys(_joined(name, words)))
    return [term[:LONGEST_TERM] for term in terms]


def query_words(q: str) -> list[Word]:
    """The query's words; the last one may be the beginning of a longer one."""
    words: list[Word] = []
    for chunk in q.split():
        folded = fold(chunk)
        if not folded:
            if spelled := _spelled(chunk):
                words.append(Word(spelled, (spelled,), False))
            continue
        if _IS_CJK.search(folded):
            words.extend(_cjk_words(folded))
            continue
        parts = tuple(part[:LONGEST_TERM] for part in folded.split())
        words.append(Word(_letters(chunk)[:LONGEST_TERM], parts, False))
    words = words[:MOST_WORDS]
    if len(words) > 1:  # marks between words ("Guns & Roses") say nothing
        words = [word for word in words if not word.text.startswith(MARK)] or words[:1]
    if words:
        last = words[-1]
        words[-1] = Word(last.text, last.parts, True, last.cjk)
    return words


def _cut(words: list[str]) -> Iterator[str]:
    for word in words:
        for run in _CJK_RUN.findall(word):
            if _IS_CJK.match(run):
                yield from _pairs(run)
                yield run[-1]
            else:
                yield run


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] if len(run) > 1 else [run]


def _cjk_words(folded: str) -> Iterator[Word]:
    for word in folded.split():
        for run in _CJK_RUN.findall(word):
            if _IS_CJK.match(run):
                yield Word(run, tuple(_pairs(run)), False, cjk=True)
            else:
                yield Word(run, (run,), False)


def _joined(name: str, words: list[str]) -> Iterator[str]:
    for chunk in _MARKED.findall(name):
        plain = fold(chunk).replace(" ", "")
        if plain and plain not in words:
            yield plain
        letters = _letters(chunk)
        if letters != plain and letters:
            yield letters
    # "AC DC", "Jay Z", "Day 6": short enough to be typed as one word
    if 1 < len(words) <= 3 and min(map(len, words)) <= 2 and len("".join(words)) <= 8:
        yield "".join(words)


def _letters(chunk: str) -> str:
    """The chunk as one word, with marks inside that stand for letters read as these."""
    inner = chunk.strip("!$@€\"'()[]{}.,;:?*-")
    return fold(chunk.replace(inner, inner.translate(_AS_LETTERS), 1) if inner else chunk).replace(" ", "")


def _spelled(marks: str) -> str:
    compact = "".join(marks.split())
    return "".join(f"{MARK}{ord(mark):x}" for mark in compact[:8])
