"""Traktor's NML: its collection, and what it imports. After files that Traktor 2 to 4 write."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from resonance.model import camelot
from resonance.playlists.exchange import locations
from resonance.playlists.exchange.crate import Crate, Cue, CueKind, Entry, Folder, Node
from resonance.playlists.exchange.growing import Growing, Kind
from resonance.playlists.exchange.markup import (
    above_zero,
    below,
    date,
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

_TYPES: dict[CueKind, int] = {"cue": 0, "fade_in": 1, "fade_out": 2, "load": 3, "grid": 4, "loop": 5}
_KIND_OF = {number: kind for kind, number in _TYPES.items()}
_NAMELESS = ("n.n.", "AutoGrid", "Beat Marker")  # what Traktor calls what has no name
_NODES: dict[str, Kind] = {"FOLDER": "folder", "PLAYLIST": "list"}


def write(crate: Crate) -> Iterator[bytes]:
    """The document in pieces. The playlists come last, so `crate.tracks` is read once."""
    return pieces(_lines(crate))


def _lines(crate: Crate) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n'
    yield start("NML", {"VERSION": "19"})
    # Traktor asks for this head.
    yield text_of(element("HEAD", {"COMPANY": "www.native-instruments.com", "PROGRAM": "Traktor"}))
    yield text_of(element("MUSICFOLDERS", {}))
    yield start("COLLECTION", {"ENTRIES": crate.count})
    names: dict[str, str] = {}
    for entry in crate.tracks:
        names[entry.key] = "".join(locations.to_traktor(entry.path))
        yield text_of(_entry(entry))
    yield "</COLLECTION>\n<PLAYLISTS>\n"
    yield from _node(Folder("$ROOT", crate.playlists), names, "")
    yield "</PLAYLISTS>\n</NML>\n"


def _node(node: Node, names: dict[str, str], above: str) -> Iterator[str]:
    path = f"{above}/{node.name}"
    if isinstance(node, Folder):
        yield start("NODE", {"TYPE": "FOLDER", "NAME": node.name})
        yield start("SUBNODES", {"COUNT": len(node.children)})
        for child in node.children:
            yield from _node(child, names, path)
        yield "</SUBNODES>\n</NODE>\n"
        return
    known = [names[key] for key in node.keys if key in names]
    # The same list has the same id each time.
    uuid = hashlib.md5(path.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
    yield start("NODE", {"TYPE": "PLAYLIST", "NAME": node.name})
    yield start("PLAYLIST", {"ENTRIES": len(known), "TYPE": "LIST", "UUID": uuid})
    for name in known:
        yield (
            "<ENTRY>" + text_of(element("PRIMARYKEY", {"TYPE": "TRACK", "KEY": name})).rstrip() + "</ENTRY>\n"
        )
    yield "</PLAYLIST>\n</NODE>\n"


def _entry(entry: Entry) -> Element:
    volume, directory, name = locations.to_traktor(entry.path)
    made = element(
        "ENTRY",
        {"MODIFIED_DATE": _date(entry.modified), "TITLE": entry.title, "ARTIST": _known(entry.artist)},
    )
    below(made, "LOCATION", {"DIR": directory, "FILE": name, "VOLUME": volume, "VOLUMEID": volume})
    if entry.album or entry.number:
        below(made, "ALBUM", {"TRACK": entry.number, "TITLE": _known(entry.album)})
    below(made, "MODIFICATION_INFO", {"AUTHOR_TYPE": "user"})
    below(made, "INFO", _info(entry))
    bpm = entry.bpm or next((cue.bpm for cue in entry.cues if cue.kind == "grid"), None)
    if bpm:
        below(made, "TEMPO", {"BPM": f"{bpm:.6f}", "BPM_QUALITY": "100.000000"})
    if entry.gain_db is not None:
        below(
            made, "LOUDNESS", {"PERCEIVED_DB": f"{entry.gain_db:.6f}", "ANALYZED_DB": f"{entry.gain_db:.6f}"}
        )
    if entry.tonality is not None:
        tonic, mode = entry.tonality
        below(made, "MUSICAL_KEY", {"VALUE": tonic + 12 * (mode == camelot.MINOR)})
    for place, cue in enumerate(sorted(entry.cues, key=lambda cue: cue.start_s)):
        _cue(made, cue, place, bpm)
    return made


def _info(entry: Entry) -> dict[str, object]:
    return {
        "BITRATE": entry.bit_rate_kbps and entry.bit_rate_kbps * 1000,
        "GENRE": _known(entry.genre),
        "LABEL": _known(entry.label),
        "COMMENT": _known(entry.comment),
        "REMIXER": _known(entry.remixer),
        "PRODUCER": _known(entry.producer),
        "MIX": _known(entry.mix),
        "KEY": None if entry.tonality is None else camelot.open_key(entry.tonality),
        "PLAYCOUNT": entry.play_count,
        "PLAYTIME": None if entry.duration_s is None else round(entry.duration_s),
        "PLAYTIME_FLOAT": None if entry.duration_s is None else f"{entry.duration_s:.6f}",
        "RANKING": None if entry.stars < 0 else entry.stars * 51,
        "IMPORT_DATE": _date(entry.added),
        "LAST_PLAYED": _date(entry.last_played),
        "RELEASE_DATE": _date(entry.date) or (f"{entry.year}/1/1" if entry.year else None),
        "FILESIZE": entry.size and max(1, round(entry.size / 1024)),
        "CATALOG_NO": entry.catalog_number,
    }


def _cue(made: Element, cue: Cue, place: int, bpm: float | None) -> None:
    length = 0.0 if cue.end_s is None else cue.end_s - cue.start_s
    marked = below(
        made,
        "CUE_V2",
        {
            "NAME": cue.name or ("AutoGrid" if cue.kind == "grid" else "n.n."),
            "DISPL_ORDER": place if cue.number is None else cue.number,
            "TYPE": _TYPES[cue.kind],
            "START": f"{cue.start_s * 1000:.6f}",
            "LEN": f"{length * 1000:.6f}",
            "REPEATS": -1,
            "HOTCUE": -1 if cue.number is None else cue.number,
            "COLOR": None if cue.colour is None else cue.colour.upper(),
        },
    )
    if cue.kind == "grid" and (cue.bpm or bpm):
        below(marked, "GRID", {"BPM": f"{cue.bpm or bpm:.6f}"})


def _known(text: str) -> str | None:
    return text or None


def _date(text: str | None) -> str | None:
    """Traktor's form: 2024/5/27. A year or a month alone begin with their first day."""
    if not text:
        return None
    parts = [*text.split("-"), "1", "1"][:3]
    return "/".join(str(int(part)) for part in parts) if all(part.isdigit() for part in parts) else None


def read(file: BinaryIO) -> Crate:
    """The tracks and playlists of a document. Invalid for anything else."""
    tracks, tree = Spool(Entry), Growing()
    for event, found in events(file, "NML", frozenset({"ENTRY"})):
        if found.tag == "ENTRY" and tree.inside:
            for key in found.iterfind("PRIMARYKEY"):
                tree.take(key.get("KEY", ""))
        elif found.tag == "ENTRY":
            entry = _read_entry(found)
            if entry is not None:
                add_track(tracks, entry)
        elif found.tag == "NODE" and event == "start":
            root = not tree.inside and found.get("NAME") == "$ROOT"
            tree.begin("root" if root else _NODES.get(found.get("TYPE", ""), "other"), found.get("NAME", ""))
        elif found.tag == "NODE":
            tree.end()
    return Crate(tracks, len(tracks), tuple(tree.nodes))


def _read_entry(entry: Element) -> Entry | None:
    place = entry.find("LOCATION")
    if place is None:
        return None
    volume, directory, name = (place.get(part, "") for part in ("VOLUME", "DIR", "FILE"))
    info = _child(entry, "INFO")
    album, tempo, loudness = (_child(entry, part) for part in ("ALBUM", "TEMPO", "LOUDNESS"))
    bpm = number(tempo.get("BPM")) or None
    kilobytes = above_zero(info.get("FILESIZE"))
    bits = above_zero(info.get("BITRATE"))
    released = date(info.get("RELEASE_DATE"))
    return Entry(
        key=volume + directory + name,
        path=locations.from_traktor(volume, directory, name),
        title=entry.get("TITLE", ""),
        artist=entry.get("ARTIST", ""),
        album=album.get("TITLE", ""),
        genre=info.get("GENRE", ""),
        remixer=info.get("REMIXER", ""),
        producer=info.get("PRODUCER", ""),
        label=info.get("LABEL", ""),
        mix=info.get("MIX", ""),
        comment=info.get("COMMENT", ""),
        year=int(released[:4]) if released else None,
        date=released,
        number=above_zero(album.get("TRACK")),
        duration_s=number(info.get("PLAYTIME_FLOAT")) or number(info.get("PLAYTIME")),
        size=kilobytes and kilobytes * 1024,
        format=name.rpartition(".")[2].lower() if "." in name else "",
        bit_rate_kbps=bits and bits // 1000,
        added=date(info.get("IMPORT_DATE")),
        modified=date(entry.get("MODIFIED_DATE")),
        last_played=date(info.get("LAST_PLAYED")),
        play_count=whole(info.get("PLAYCOUNT")),
        stars=stars(info.get("RANKING")),
        bpm=bpm,
        tonality=_tonality(entry, info),
        gain_db=number(loudness.get("PERCEIVED_DB")),
        catalog_number=info.get("CATALOG_NO"),
        cues=tuple(_read_cue(cue, bpm) for cue in entry.findall("CUE_V2")),
    )


def _child(entry: Element, name: str) -> Element:
    found = entry.find(name)
    return Element(name) if found is None else found


def _tonality(entry: Element, info: Element) -> camelot.Key | None:
    value = whole(_child(entry, "MUSICAL_KEY").get("VALUE"))
    if value is not None and 0 <= value < 24:
        return value % 12, camelot.MINOR if value >= 12 else camelot.MAJOR
    return camelot.parse(info.get("KEY"))


def _read_cue(cue: Element, bpm: float | None) -> Cue:
    kind = _KIND_OF.get(whole(cue.get("TYPE")) or 0, "cue")
    begin = (number(cue.get("START")) or 0.0) / 1000
    length = (number(cue.get("LEN")) or 0.0) / 1000
    if kind == "loop" and length <= 0:
        kind = "cue"
    pad = whole(cue.get("HOTCUE"))
    name = cue.get("NAME", "")
    colour = cue.get("COLOR", "").lower()
    return Cue(
        kind=kind,
        start_s=begin,
        end_s=begin + length if kind == "loop" else None,
        number=pad if pad is not None and pad >= 0 else None,
        name="" if name in _NAMELESS else name,
        colour=colour if len(colour) == 7 and colour[0] == "#" else None,
        bpm=(number(_child(cue, "GRID").get("BPM")) or bpm) if kind == "grid" else None,
    )
