"""Numbers as people write them, in English and German."""

# ruff: noqa: E501 - a pattern reads best in one piece

from __future__ import annotations

from collections.abc import Iterable

_WORDS = {
    "a": 1, "an": 1, "one": 1, "once": 1, "two": 2, "twice": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100, "couple of": 2,
    "ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "einmal": 1, "zwei": 2, "zweimal": 2, "drei": 3,
    "dreimal": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwolf": 12, "funfzehn": 15, "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "funfzig": 50,
    "sechzig": 60, "neunzig": 90, "hundert": 100,
}  # fmt: skip
_PARTS = {
    "half": 0.5, "a half": 0.5, "halbe": 0.5, "halben": 0.5, "quarter": 0.25, "a quarter": 0.25, "viertel": 0.25,
    "three quarters": 0.75, "dreiviertel": 0.75, "drei viertel": 0.75,
}  # fmt: skip
_HALVES = {f"{word}einhalb": float(count) for word, count in _WORDS.items() if " " not in word} | {
    "einundeinhalb": 1.0
}
_FRACTION = r"[1-9]/[1-9]"


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


# For patterns, the longer words first: "2", "2.5", "2 1/2", "zweieinhalb"; two or more; parts of a thing.
NUMBER = rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}}|\s+{_FRACTION})?(?!/)|{_FRACTION}|anderthalb|{_any(_HALVES)}|{_any(_WORDS)})"
SEVERAL = rf"(?:\d{{1,3}}|{_any(word for word, count in _WORDS.items() if count > 1)})"
PART = rf"(?:(?<!\d ){_FRACTION}|{_any(_PARTS)})"


def number(text: str | None) -> float | None:
    """2.5 for "2,5", "2 1/2" and "zweieinhalb", 0.75 for "dreiviertel"; None for no number."""
    if text is None:
        return None
    if text in _WORDS or text in _PARTS:
        return float(_WORDS.get(text) or _PARTS[text])
    if text == "anderthalb" or text in _HALVES:
        return _HALVES.get(text, 1.0) + 0.5
    whole_, _, part = text.rpartition(" ") if "/" in text else ("", "", "")
    if "/" in part:
        return float(whole_ or 0) + int(part[0]) / int(part[-1])
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def whole(text: str | None, low: int, high: int) -> int | None:
    """A whole number within bounds, else None."""
    value = number(text)
    return int(value) if value is not None and value == int(value) and low <= value <= high else None
