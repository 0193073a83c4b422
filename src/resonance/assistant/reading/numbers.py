"""Numbers as people write them, in English and German."""

from __future__ import annotations

_WORDS = {
    "a": 1, "an": 1, "one": 1, "once": 1, "two": 2, "twice": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100, "couple of": 2,
    "ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "einmal": 1, "zwei": 2, "zweimal": 2, "drei": 3,
    "dreimal": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwolf": 12, "funfzehn": 15, "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "funfzig": 50,
    "sechzig": 60, "neunzig": 90, "hundert": 100,
}  # fmt: skip
# For patterns: digits, or one of the words, the longer ones first.
NUMBER = r"(?:\d{1,4}(?:[.,]\d{1,2})?|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")"


def number(text: str | None) -> float | None:
    """2.5 for "2,5", 2 for "two" and "zwei"; None for no number."""
    if text is None:
        return None
    if text in _WORDS:
        return float(_WORDS[text])
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def whole(text: str | None, low: int, high: int) -> int | None:
    """A whole number within bounds, else None."""
    value = number(text)
    return int(value) if value is not None and value == int(value) and low <= value <= high else None
