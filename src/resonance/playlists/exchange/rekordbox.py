"""Rekordbox XML: what Rekordbox imports and exports; Engine DJ, Lexicon and others read it too.

After Pioneer's published list of the format. Text that XML cannot hold (control characters) is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO
from xml.etree.ElementTree import Element

from resonance import __version__
from resonance.model import camelot
from resonance.playlists.exchange import locations
from resonance.playlists.exchange.crate import Crate, Cue, CueKind, Entry, Folder, Listing, Node
from resonance.playlists.exchange.growing import Growing, Kind
from resonance.playlists.exchange.markup import (
    above_zero,
    below,
    date,
    decimal,
    element,
    events,
    number,
    pieces,
    stars,
    start,
    text_of,
    whole,
)
from resonance.playlists.exchange.spool import Spool, add_track

_KINDS = {
    "mp3": "MP3 File",
    "m4a": "M4A File",
    "aac": "AAC File",
    "flac": "FLAC File",
    "wav": "WAV File",
    "aiff": "AIFF File",
    "ogg": "OGG File",
    "opus": "OPUS File",
}
_FORMATS = {kind: format for format, kind in _KINDS.items()}
_MARKS: dict[CueKind, int] = {"cue": 0, "fade_in": 1, "fade_out": 2, "load": 3, "loop": 4}
_KIND_OF = {mark: kind for kind, mark in _MARKS.items()}
_FOLDER, _PLAYLIST = "0", "1"
_BY_ID, _BY_LOCATION = "0", "1"
_PLACE = "at "  # begins a key that is a location, until the track there is known


def write(crate: Crate) -> Iterator[bytes]:
    """The document in pieces. The playlists come last, so `crate.tracks` is read once."""
    return pieces(_lines(crate))


def _lines(crate: Crate) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield start("DJ_PLAYLISTS", {"Version": "1.0.0"})
    yield text_of(element("PRODUCT", {"Name": "Resonance", "Version": __version__, "Company": "Resonance"}))
    yield start("COLLECTION", {"Entries": crate.count})
    numbers: dict[str, int] = {}
    for place, entry in enumerate(crate.tracks, 1):
        numbers[entry.key] = place
        yield text_of(_track(entry, place))
    yield "</COLLECTION>\n<PLAYLISTS>\n"
    yield start("NODE", {"Type": _FOLDER, "Name": "ROOT", "Count": len(crate.playlists)})
    for node in crate.playlists:
        yield from _node(node, numbers)
    yield "</NODE>\n</PLAYLISTS>\n</DJ_PLAYLISTS>\n"


def _node(node: Node, numbers: dict[str, int]) -> Iterator[str]:
    if isinstance(node, Folder):
        yield start("NODE", {"Name": node.name, "Type": _FOLDER, "Count": len(node.children)})
        for child in node.children:
            yield from _node(child, numbers)
    else:
        known = [numbers[key] for key in node.keys if key in numbers]
        head = {"Name": node.name, "Type": _PLAYLIST, "KeyType": _BY_ID, "Entries": len(known)}
        yield start("NODE", head)
        for key in known:
            yield f'<TRACK Key="{key}" />\n'
    yield "</NODE>\n"


def _track(entry: Entry, place: int) -> Element:
    made = element(
        "TRACK",
        {
            "TrackID": place,
            "Name": entry.title,
            "Artist": entry.artist,
            "Composer": entry.composer,
            "Album": entry.album,
            "Grouping": entry.grouping,
            "Genre": entry.genre,
            "Kind": _KINDS.get(entry.format, f"{entry.format.upper()} File" if entry.format else None),
            "Size": entry.size or 0,
            # Rekordbox ignores the cues of a track without a length.
            "TotalTime": max(1, round(entry.duration_s or 0)),
            "DiscNumber": entry.disc or 0,
            "TrackNumber": entry.number or 0,
            "Year": entry.year or 0,
            "AverageBpm": decimal(entry.bpm or 0.0, 2, 4),
            "DateModified": entry.modified,
            "DateAdded": entry.added,
            "BitRate": entry.bit_rate_kbps or 0,
            "SampleRate": entry.sample_rate_hz or 0,
            "Comments": entry.comment,
            "PlayCount": entry.play_count or 0,
            "LastPlayed": entry.last_played,
            "Rating": None if entry.stars < 0 else entry.stars * 51,
            "Location": locations.to_url(entry.path),
            "Remixer": entry.remixer,
            "Tonality": "" if entry.tonality is None else camelot.name(entry.tonality),
            "Label": entry.label,
            "Mix": entry.mix,
            "Colour": None if entry.colour is None else "0x" + entry.colour[1:].upper(),
        },
    )
    for cue in entry.cues:
        if cue.kind == "grid" and (cue.bpm or entry.bpm):
            _tempo(made, cue, cue.bpm or entry.bpm or 0.0)
    for cue in entry.cues:
        if cue.kind != "grid":
            _mark(made, cue)
    return made


def _tempo(track: Element, cue: Cue, bpm: float) -> None:
    below(
        track,
        "TEMPO",
        {
            "Inizio": decimal(cue.start_s, 3, 6),
            "Bpm": decimal(bpm, 2, 4),
            "Metro": f"{cue.beats or 4}/4",
            "Battito": cue.beat or 1,
        },
    )


def _mark(track: Element, cue: Cue) -> None:
    red, green, blue = _rgb(cue.colour)
    below(
        track,
        "POSITION_MARK",
        {
            "Name": cue.name,
            "Type": _MARKS[cue.kind],
            "Start": decimal(cue.start_s, 3, 6),
            "End": None if cue.end_s is None else decimal(cue.end_s, 3, 6),
            "Num": -1 if cue.number is None else cue.number,
            "Red": red,
            "Green": green,
            "Blue": blue,
        },
    )


def _rgb(colour: str | None) -> tuple[int | None, int | None, int | None]:
    if colour is None:
        return None, None, None
    value = int(colour[1:], 16)
    return value >> 16, value >> 8 & 255, value & 255


def read(file: BinaryIO) -> Crate:
    """The tracks and playlists of a document. Invalid for anything else."""
    tracks, tree = Spool(Entry), Growing()
    places: set[str] = set()  # that lists name their tracks by
    by_place = [False]
    for event, found in events(file, "DJ_PLAYLISTS", frozenset({"TRACK"})):
        if found.tag == "TRACK":
            if not tree.inside:
                add_track(tracks, _entry(found, len(tracks)))
            elif by_place[-1]:
                places.add(found.get("Key", ""))
                tree.take(_PLACE + found.get("Key", ""))
            else:
                tree.take(found.get("Key", ""))
        elif found.tag == "NODE" and event == "start":
            tree.begin(_kind(found, tree.inside), found.get("Name", ""))
            by_place.append(found.get("KeyType") == _BY_LOCATION)
        elif found.tag == "NODE":
            tree.end()
            by_place.pop()
    nodes = tuple(tree.nodes)
    return Crate(tracks, len(tracks), _resolved(nodes, _keys(tracks, places)) if places else nodes)


def _kind(node: Element, inside: bool) -> Kind:
    if not inside:
        return "root" if node.get("Name") == "ROOT" else "other"
    return "folder" if node.get("Type") == _FOLDER else "list"


def _keys(tracks: Iterable[Entry], places: set[str]) -> dict[str, str]:
    """The keys of the tracks at these locations; a location alone where no track is."""
    named: dict[str, list[str]] = defaultdict(list)
    for place in places:
        named[locations.from_url(place)].append(place)
    found = {_PLACE + place: place for place in places}
    for entry in tracks:
        found.update((_PLACE + place, entry.key) for place in named.get(entry.path, ()))
    return found


def _resolved(nodes: Iterable[Node], keys: Mapping[str, str]) -> tuple[Node, ...]:
    return tuple(
        Folder(node.name, _resolved(node.children, keys))
        if isinstance(node, Folder)
        else Listing(node.name, tuple(keys.get(key, key) for key in node.keys))
        for node in nodes
    )


def _entry(track: Element, place: int) -> Entry:
    text = track.get
    colour = text("Colour", "").lower().removeprefix("0x")
    return Entry(
        key=text("TrackID") or f"#{place}",
        path=locations.from_url(text("Location", "")),
        title=text("Name", ""),
        artist=text("Artist", ""),
        album=text("Album", ""),
        genre=text("Genre", ""),
        composer=text("Composer", ""),
        remixer=text("Remixer", ""),
        label=text("Label", ""),
        mix=text("Mix", ""),
        grouping=text("Grouping", ""),
        comment=text("Comments", ""),
        year=above_zero(text("Year")),
        disc=above_zero(text("DiscNumber")),
        number=above_zero(text("TrackNumber")),
        duration_s=number(text("TotalTime")),
        size=above_zero(text("Size")),
        format=_format(text("Kind", "")),
        bit_rate_kbps=above_zero(text("BitRate")),
        sample_rate_hz=above_zero(text("SampleRate")),
        added=date(text("DateAdded")),
        modified=date(text("DateModified")),
        last_played=date(text("LastPlayed")),
        play_count=whole(text("PlayCount")),
        stars=stars(text("Rating")),
        colour=f"#{colour}" if _is_hex(colour) else None,
        bpm=number(text("AverageBpm")) or None,
        tonality=camelot.parse(text("Tonality")),
        cues=tuple(_cues(track)),
    )


def _format(kind: str) -> str:
    return _FORMATS.get(kind, kind.removesuffix(" File").lower())


def _cues(track: Element) -> Iterator[Cue]:
    for child in track:
        begin = number(child.get("Start" if child.tag == "POSITION_MARK" else "Inizio"))
        if begin is None:
            continue
        if child.tag == "TEMPO":
            beats = whole((child.get("Metro") or "4/4").partition("/")[0])
            yield Cue(
                kind="grid",
                start_s=begin,
                bpm=number(child.get("Bpm")),
                beat=whole(child.get("Battito")),
                beats=beats,
            )
        elif child.tag == "POSITION_MARK":
            yield _read_mark(child, begin)


def _read_mark(mark: Element, begin: float) -> Cue:
    kind = _KIND_OF.get(whole(mark.get("Type")) or 0, "cue")
    end = number(mark.get("End"))
    pad = whole(mark.get("Num"))
    red, green, blue = (whole(mark.get(name)) for name in ("Red", "Green", "Blue"))
    colour = None
    if red is not None and green is not None and blue is not None:
        colour = "#" + "".join(f"{max(0, min(255, part)):02x}" for part in (red, green, blue))
    if kind == "loop" and (end is None or end <= begin):
        kind = "cue"
    return Cue(
        kind=kind,
        start_s=begin,
        end_s=end if kind == "loop" else None,
        number=pad if pad is not None and pad >= 0 else None,
        name=mark.get("Name", ""),
        colour=colour,
    )


def _is_hex(text: str) -> bool:
    return len(text) == 6 and all(letter in "0123456789abcdef" for letter in text)
