"""Text folding: the one way in which names are compared, sorted and searched.

Comparison always happens on these folded columns, never on a database's collation, so SQLite and
PostgreSQL agree to the byte.
"""

from __future__ import annotations

import re
import unicodedata

_SPECIAL = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ŧ": "t"}
)
_NOT_WORD = re.compile(r"[^\w]+|_+")


def fold(text: str) -> str:
    """Case, accents and width removed; everything that is not a letter or digit becomes one space."""
    wide = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in wide if not unicodedata.combining(c)).translate(_SPECIAL)
    # NFKD splits Hangul syllables and voiced kana; composing again keeps them whole.
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFC", bare)).strip()


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
