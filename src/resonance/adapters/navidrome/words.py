"""Words that both of a server's interfaces are read by. Pure."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import msgspec

from resonance.audio import clean
from resonance.audio.facts import AudioFacts
from resonance.library.remote.ports import Personal, Song

_CODECS = {"ogg": "vorbis", "m4a": "aac", "wav": "pcm", "aif": "pcm", "aiff": "pcm", "wv": "wavpack"}
_FORMATS = {"aif": "aiff", "oga": "ogg", "mp4": "m4a", "m4b": "m4a"}
ROLES = frozenset(
    {"remixer", "conductor", "producer", "performer", "arranger", "lyricist", "mixer", "djmixer"}
)
_LONGEST_ID = 255
_MOST = 2**31 - 1
_LONGEST_S = 1e7


def item_id(value: Any) -> str:
    """An id as it can be kept; "" for one that cannot."""
    found = str(value) if isinstance(value, str | int) else ""
    return "" if len(found) > _LONGEST_ID or any(sign < " " for sign in found) else found


def number(value: Any, most: int = _MOST) -> int:
    """A count, within what a column can hold."""
    return min(max(int(value or 0), 0), most)


def ms(text: str | None) -> int | None:
    """An ISO time in milliseconds; None for none, nonsense, and Go's zero time."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return round(moment.timestamp() * 1000) if moment.year > 1 and moment.tzinfo else None


def song(*, facts: AudioFacts, personal: Personal, **words: Any) -> Song:
    """A song with the stamp of all that the catalogue takes from it."""
    words["size"] = number(words["size"], 2**53)
    for name in ("path", "library_path", "changed_at", "added_at"):
        words[name] = words[name].replace("\0", "")
    told = [words[name] for name in ("library_id", "path", "album_id", "size", "changed_at", "has_cover")]
    stamp = hashlib.blake2b(msgspec.msgpack.encode([*told, facts]), digest_size=12).hexdigest()
    return Song(facts=facts, personal=personal, stamp=stamp, **words)


def sound(
    suffix: str, codec: str, duration: float, kbps: int, rate: int, depth: Any, channels: int
) -> dict[str, Any]:
    """The fields of AudioFacts about the encoding."""
    name = suffix.lower().lstrip(".")
    form = _FORMATS.get(name, name) or "mp3"
    return {
        "format": form,
        "codec": codec.lower() or _CODECS.get(form, form),
        "duration_s": min(max(duration, 0.0), _LONGEST_S),
        "bit_rate_kbps": number(kbps) or None,
        "sample_rate_hz": number(rate) or None,
        "bit_depth": number(depth) or None,
        "channels": number(channels) or None,
    }


def album(title: str) -> str | None:
    """The title of an album; None for Navidrome's word for none."""
    cleaned = clean.text(title)
    return None if cleaned in ("", "[Unknown Album]") else cleaned


def gain(db: float | None, peak: float | None) -> float | None:
    """Some versions tell 0 dB and a peak of 1 where a file says nothing."""
    return None if db is None or (db == 0 and peak in (None, 1)) else db


def mbid(text: str) -> str | None:
    """A MusicBrainz id, if it is one."""
    found = clean.mbids([text]) if text else ()
    return found[0] if found else None


def stars(value: Any) -> int:
    """0 (none) to 5."""
    return number(value, 5)


def text(row: dict[str, Any], name: str) -> str:
    """A field in writing, "" when there is none."""
    value = row.get(name)
    return value if isinstance(value, str) else "" if value is None else str(value)
