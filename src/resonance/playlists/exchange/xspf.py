"""XSPF: the open playlist format in XML, as VLC, Strawberry and others write it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import unquote_to_bytes
from xml.etree.ElementTree import Element

from resonance.library.paths import to_stored
from resonance.playlists.exchange import texts
from resonance.playlists.exchange.crate import Crate, Entry, Listing, listings
from resonance.playlists.exchange.locations import to_url
from resonance.playlists.exchange.m3u8 import in_order
from resonance.playlists.exchange.markup import below, clean, element, elements, pieces, text_of
from resonance.playlists.exchange.paths import tidy

_SPACE = "http://xspf.org/ns/0/"
_RECORDING = re.compile(
    r"(?:musicbrainz\.org/recording/|urn:mbid:)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE
)
_ISRC = re.compile(r"urn:isrc:([A-Za-z0-9-]{12,15})", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


def read(file: BinaryIO) -> Crate:
    """The list. Invalid for what is no XSPF, declares entities, or is too large."""
    data = texts.all_of(file)
    prefix = f"{{{_SPACE}}}" if _SPACE.encode() in data[:4096] else ""
    wanted = frozenset(f"{prefix}{name}" for name in ("track", "title", "annotation"))
    found: list[Entry] = []
    words = {"title": "", "annotation": ""}
    for part in elements(io.BytesIO(data), f"{prefix}playlist", wanted):
        name = part.tag.removeprefix(prefix)
        if name == "track":
            found.append(_entry(str(len(found)), part, prefix))
            texts.bounded(len(found))
        else:
            words[name] = words[name] or texts.value(part.text)
    listing = Listing(words["title"], tuple(entry.key for entry in found), words["annotation"])
    return Crate(found, len(found), (listing,), words["title"])


def _entry(key: str, part: Element, prefix: str) -> Entry:
    said: dict[str, list[str]] = {}
    for child in part:
        said.setdefault(child.tag.removeprefix(prefix), []).append((child.text or "").strip())
    number = said.get("trackNum", [""])[0]
    return Entry(
        key=key,
        path=place(said.get("location", [""])[0]),
        title=texts.value(said.get("title", [""])[0]),
        artist=texts.value(said.get("creator", [""])[0]),
        album=texts.value(said.get("album", [""])[0]),
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 5 else None,
        duration_s=texts.seconds(said.get("duration", [""])[0], 0.001),
        recording_mbid=recording(said.get("identifier", [])),
        isrc=isrc(said.get("identifier", [])),
    )


def place(location: str) -> str:
    """The tidy path of a location, which is a URI also where it is relative."""
    text = location[: texts.LONGEST].replace("\0", "")
    if _SCHEME.match(text) or "\\" in text:
        return tidy(to_stored(text)) if text.lower().startswith("file:") or "\\" in text else text
    return tidy(to_stored(unquote_to_bytes(text).decode("utf-8", "surrogateescape").replace("\0", "")))


def recording(identifiers: list[str]) -> str | None:
    """The MusicBrainz recording that one of the identifiers names."""
    return next((found[1].lower() for text in identifiers if (found := _RECORDING.search(text))), None)


def isrc(identifiers: list[str]) -> str | None:
    """The ISRC that one of the identifiers names."""
    return next((found[1].upper() for text in identifiers if (found := _ISRC.search(text))), None)


def write(crate: Crate) -> Iterator[bytes]:
    """The document in pieces: of a crate with playlists the first one, else all its tracks."""
    return pieces(_lines(crate))


def _lines(crate: Crate) -> Iterator[str]:
    first = next((listing for _, listing in listings(crate.playlists)), None)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<playlist version="1" xmlns="{_SPACE}">\n'
    for name, text in (
        ("title", (first and first.name) or crate.name),
        ("annotation", first and first.comment),
    ):
        if text:
            yield text_of(_with_text(element(name, {}), text))
    yield "<trackList>\n"
    for entry in in_order(crate, first):
        yield text_of(_track(entry))
    yield "</trackList>\n</playlist>\n"


def _track(entry: Entry) -> Element:
    made = element("track", {})
    length = str(round(entry.duration_s * 1000)) if entry.duration_s else ""
    for name, text in (
        ("location", file_url(entry.path)),
        *(("identifier", identifier) for identifier in identifiers(entry)),
        ("title", entry.title),
        ("creator", entry.artist),
        ("album", entry.album),
        ("trackNum", str(entry.number) if entry.number else ""),
        ("duration", length),
    ):
        if text:
            _with_text(below(made, name, {}), text)
    return made


def file_url(path: str) -> str:
    """A location: file URLs without a host."""
    return to_url(path).replace("file://localhost/", "file:///", 1)


def identifiers(entry: Entry) -> list[str]:
    """What names the recording for everybody."""
    found = [f"https://musicbrainz.org/recording/{entry.recording_mbid}"] if entry.recording_mbid else []
    return [*found, *([f"urn:isrc:{entry.isrc}"] if entry.isrc else [])]


def _with_text(made: Element, text: str) -> Element:
    made.text = clean(text)
    return made
