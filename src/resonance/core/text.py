"""Text folding: the one way in which names are compared, sorted and searched.

Comparison always happens on these folded columns, never on a database's collation, so SQLite and
PostgreSQL agree to the byte.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPECIAL = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ŧ": "t"}
)
_NOT_WORD = re.compile(r"[\W_]+")
_NO_LETTER = re.compile(r"[\W_]")
# Accents of Latin, Greek and Cyrillic. Marks of other scripts (kana voicing, Indic vowels) spell the word.
_ACCENTS = re.compile("[\u0300-\u036f]+")

_NAME = 200  # characters; longer texts are not worth keeping


def fold(text: str) -> str:
    """Case, accents and width removed; everything that is not a letter, mark or digit becomes one space."""
    return _folded(text) if len(text) <= _NAME else _folded.__wrapped__(text)


# A scan folds the names of an album and its artist for each of its tracks.
@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    wide = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = unicodedata.normalize("NFC", _ACCENTS.sub("", wide).translate(_SPECIAL))
    return " ".join(_NO_LETTER.sub(_mark_or_space, bare).split())


def _mark_or_space(found: re.Match[str]) -> str:
    return found[0] if unicodedata.category(found[0])[0] == "M" else " "


def sort_key(name: str, articles: tuple[str, ...] = ()) -> str:
    """The folded name with one leading article moved away. Never empty when `name` is not blank."""
    folded = fold(name)
    head, _, rest = folded.partition(" ")
    key = rest if rest and head in articles else folded
    return key or name.strip()


def index_letter(key: str) -> str:
    """The heading a sort key stands under: A-Z, or # for all else."""
    first = key[:1].upper()
    return first if "A" <= first <= "Z" else "#"
