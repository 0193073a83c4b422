"""JSPF: XSPF's members as JSON, in the form that ListenBrainz reads and writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from resonance.core.errors import Invalid
from resonance.playlists.exchange import texts, xspf
from resonance.playlists.exchange.crate import Crate, Entry, Listing, listings
from resonance.playlists.exchange.m3u8 import in_order


def read(file: BinaryIO) -> Crate:
    """The list. Invalid for what is no JSPF or too large."""
    try:
        document = json.loads(texts.decoded(texts.all_of(file)))
    except (ValueError, RecursionError):
        raise Invalid("This is no whole JSON.", field="file") from None
    held = document.get("playlist") if isinstance(document, dict) else None
    tracks = held.get("track", []) if isinstance(held, dict) else None
    if not isinstance(held, dict) or not isinstance(tracks, list):
        raise Invalid("This is no JSPF playlist.", field="file")
    texts.bounded(len(tracks))
    found = [_entry(str(number), track) for number, track in enumerate(tracks) if isinstance(track, dict)]
    name = texts.value(held.get("title"))
    listing = Listing(name, tuple(entry.key for entry in found), texts.value(held.get("annotation")))
    return Crate(found, len(found), (listing,), name)


def _entry(key: str, track: dict[str, Any]) -> Entry:
    identifiers, locations = _texts(track.get("identifier")), _texts(track.get("location"))
    number = track.get("trackNum")
    return Entry(
        key=key,
        path=xspf.place(locations[0]) if locations else "",
        title=texts.value(track.get("title")),
        artist=texts.value(track.get("creator")),
        album=texts.value(track.get("album")),
        number=number if isinstance(number, int) and 0 < number < 10_000 else None,
        duration_s=texts.seconds(track.get("duration"), 0.001),
        recording_mbid=xspf.recording(identifiers),
        isrc=xspf.isrc(identifiers),
    )


def _texts(value: object) -> list[str]:
    """One text or several: ListenBrainz has written both."""
    several = value if isinstance(value, list) else [value]
    return [text for text in several[:20] if isinstance(text, str)]


def write(crate: Crate) -> Iterator[bytes]:
    """The document: of a crate with playlists the first one, else all its tracks."""
    first = next((listing for _, listing in listings(crate.playlists)), None)
    head: dict[str, object] = {"title": (first.name if first else "") or crate.name}
    if first and first.comment:
        head["annotation"] = first.comment
    yield ('{"playlist": ' + json.dumps(head, ensure_ascii=False)[:-1] + ', "track": [').encode(
        "utf-8", "replace"
    )
    for number, entry in enumerate(in_order(crate, first)):
        text = json.dumps(_track(entry), ensure_ascii=False)
        yield ((",\n" if number else "\n") + text).encode("utf-8", "replace")
    yield b"\n]}}\n"


def _track(entry: Entry) -> dict[str, object]:
    made: dict[str, object] = {
        "title": entry.title,
        "creator": entry.artist,
        "album": entry.album,
        "identifier": xspf.identifiers(entry),
        "location": [url] if (url := xspf.file_url(entry.path)) else [],
        "trackNum": entry.number,
        "duration": round(entry.duration_s * 1000) if entry.duration_s else None,
    }
    return {name: value for name, value in made.items() if value not in ("", None, [])}
