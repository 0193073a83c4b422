"""What a set is made of, as it is stored, and the checks of what people ask for."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from resonance.core.errors import Invalid
from resonance.core.ids import is_id
from resonance.model.dj_set import SetCurve, SetLength, SetPool, SetSettings, SlotPlace
from resonance.model.moods import MOODS
from resonance.rules.tree import from_json, to_json
from resonance.sequencing import curve as curves
from resonance.sequencing.curve import Curve

KINDS = ("playlist", "folder", "rule", "genre", "liked", "tracks", "library")
IGNORABLE = ("tempo", "key", "jump", "sound", "mix")
MOST_SLOTS = 2000
MOST_MINUTES = 7 * 24 * 60
MOST_GAP = 20
MOST_SEED = 2**31 - 1
_KEPT_LEVELS = 200


class Document(Struct, frozen=True, kw_only=True):
    """A set without its name. `levels`: what the pool has of what the curve is about, lowest first."""

    pool: SetPool
    length: SetLength = SetLength()
    curve: SetCurve = SetCurve(name="arc")
    settings: SetSettings = SetSettings()
    slots: list[SlotPlace] = []
    levels: list[float] = []


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Document)


def written(document: Document) -> str:
    """As it is stored."""
    return _encoder.encode(document).decode()


def read(text: str) -> Document:
    """As it was stored."""
    return _decoder.decode(text)


def checked_pool(pool: SetPool) -> SetPool:
    """Only what its kind needs. Invalid with the field; whether it exists is asked when it is opened."""
    if pool.kind not in KINDS:
        raise Invalid(f"A pool is one of {', '.join(KINDS)}.", field="pool.kind")
    if pool.kind in ("playlist", "folder", "genre"):
        if pool.id is None or not is_id(pool.id):
            raise Invalid(f"Say which {pool.kind}.", field="pool.id")
        return SetPool(kind=pool.kind, id=pool.id)
    if pool.kind == "rule":
        if not pool.rule:
            raise Invalid("Say by which rule.", field="pool.rule")
        return SetPool(kind=pool.kind, rule=to_json(from_json(pool.rule, path="pool.rule")))
    if pool.kind == "tracks":
        ids = list(dict.fromkeys(pool.track_ids or ()))
        if not ids:
            raise Invalid("Say which tracks.", field="pool.track_ids")
        return SetPool(kind=pool.kind, track_ids=ids)
    return SetPool(kind=pool.kind)


def checked_length(length: SetLength) -> SetLength:
    """Invalid unless it is tracks or minutes within bounds, or neither."""
    if length.tracks is not None and length.minutes is not None:
        raise Invalid("Ask for a number of tracks or for minutes, not for both.", field="length")
    if length.tracks is not None and not 1 <= length.tracks <= MOST_SLOTS:
        raise Invalid(f"A set has 1 to {MOST_SLOTS} tracks.", field="length.tracks")
    if length.minutes is not None and not 0.1 <= length.minutes <= MOST_MINUTES:
        raise Invalid("A set lasts between 0.1 minutes and a week.", field="length.minutes")
    return length


def checked_curve(curve: SetCurve) -> SetCurve:
    """A name or points, not both. Invalid otherwise."""
    if curve.of != "energy" and curve.of not in MOODS:
        raise Invalid(f"A curve is about energy, or a mood: {', '.join(MOODS)}.", field="curve.of")
    if (curve.name is None) == (curve.points is None):
        raise Invalid("A curve has a name or points.", field="curve")
    drawn(curve)
    return curve


def drawn(curve: SetCurve) -> Curve:
    """The curve to follow. Invalid for an unknown name and for points that are none."""
    if curve.name is not None:
        return curves.named(curve.name)
    return curves.drawn(curve.points or [])


def checked_settings(settings: SetSettings) -> SetSettings:
    """Invalid with the field beyond bounds."""
    most = settings.max_per_artist
    if most is not None and not 1 <= most <= MOST_SLOTS:
        raise Invalid(f"The most by one artist is 1 to {MOST_SLOTS}.", field="settings.max_per_artist")
    for name, gap in (("artist_gap", settings.artist_gap), ("album_gap", settings.album_gap)):
        if not 0 <= gap <= MOST_GAP:
            raise Invalid(f"The gap is 0 to {MOST_GAP} tracks.", field=f"settings.{name}")
    if not 0 <= settings.seed <= MOST_SEED:
        raise Invalid(f"A seed is 0 to {MOST_SEED}.", field="settings.seed")
    unknown = [name for name in settings.ignore if name not in IGNORABLE]
    if unknown:
        raise Invalid(f"What can be ignored is {', '.join(IGNORABLE)}.", field="settings.ignore")
    ignore = [name for name in IGNORABLE if name in settings.ignore]
    return msgspec.structs.replace(settings, ignore=ignore)


def checked_slots(slots: Sequence[SlotPlace]) -> list[SlotPlace]:
    """Invalid when there are too many, or one track twice. The last one is joined to nothing."""
    if len(slots) > MOST_SLOTS:
        raise Invalid(f"A set has up to {MOST_SLOTS} tracks.", field="slots")
    seen: set[str] = set()
    for slot in slots:
        if slot.track_id in seen:
            raise Invalid("A track stands in a set only once.", field="slots")
        seen.add(slot.track_id)
    kept = list(slots)
    if kept and kept[-1].joined:
        kept[-1] = msgspec.structs.replace(kept[-1], joined=False)
    return kept


def thinned(values: Sequence[float]) -> list[float]:
    """Values of a pool, lowest first; of many, so many that a percentile is right to half a per cent."""
    ordered = sorted(values)
    if len(ordered) <= _KEPT_LEVELS:
        return ordered
    last = len(ordered) - 1
    return [ordered[step * last // (_KEPT_LEVELS - 1)] for step in range(_KEPT_LEVELS)]


def level(levels: Sequence[float], value: float | None) -> float | None:
    """The percentile (0..1) of a value among those of a pool; None unknown."""
    if value is None or not math.isfinite(value):
        return None
    if not levels:  # not known yet: the value as it is
        return round(min(max(value, 0.0), 1.0), 3)
    if len(levels) == 1:
        return 0.5
    low, high = bisect_left(levels, value), bisect_right(levels, value) - 1
    return round(min(max((low + high) / (2 * (len(levels) - 1)), 0.0), 1.0), 3)
