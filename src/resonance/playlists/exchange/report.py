"""What an import found and what it missed, line by line: to be read, kept and downloaded."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from resonance.library.match import Match, Wanted
from resonance.playlists.exchange import texts
from resonance.playlists.exchange.crate import Entry

_HEAD = (
    "playlist",
    "number",
    "outcome",
    "how",
    "score",
    "title",
    "artist",
    "album",
    "path",
    "track_id",
    "reason",
)
_REASONS = {
    "several": "Several tracks fit equally well.",
    "version": "Only another version or length of it is here.",
    "none": "Nothing like it is here.",
    "address": "It is an address on the internet, not a file.",
}


class Before(Struct, frozen=True):
    """What the matcher said of a line about which a person said otherwise."""

    how: str
    score: float
    track_id: str | None
    reason: str | None


class Line(Struct, frozen=True, kw_only=True):
    """An entry of the imported list and what became of it.

    `how` is that of `library.match`. Without a track `reason` is a sentence, and `candidates` are ids of
    tracks that may be meant. `settled` by a person, it has what was `before`; `entry_id` is the place in the
    playlist that was made for it.
    """

    number: int
    title: str
    artist: str
    album: str
    path: str
    duration_s: float | None
    how: str
    score: float
    track_id: str | None = None
    reason: str | None = None
    candidates: list[str] = []
    settled: bool = False
    before: Before | None = None
    entry_id: str | None = None


class ListReport(Struct, frozen=True, kw_only=True):
    """One playlist of the import. `playlist_id` is None in a trial and where nothing was made of it."""

    name: str
    entries: int
    matched: list[Line]
    missing: list[Line]
    playlist_id: str | None = None
    folders: list[str] = []


class Report(Struct, frozen=True, kw_only=True):
    """A whole import."""

    name: str
    format: str
    entries: int
    matched: int
    playlists: list[ListReport]


def wanted(entry: Entry, path: str | None = None) -> Wanted:
    """What the matcher is asked for an entry; `path` is its path after mapping."""
    return Wanted(
        path=entry.path if path is None else path,
        title=entry.title or None,
        artist=entry.artist or None,
        album=entry.album or None,
        duration_s=entry.duration_s,
        isrc=entry.isrc,
        recording_mbid=entry.recording_mbid,
    )


def list_report(
    name: str,
    entries: Sequence[Entry],
    matches: Sequence[Match],
    *,
    playlist_id: str | None = None,
    folders: Sequence[str] = (),
) -> ListReport:
    """The report of one list from its entries and the matches of each, in order."""
    lines = [_line(number, *pair) for number, pair in enumerate(zip(entries, matches, strict=True), 1)]
    empty = ListReport(
        name=name, entries=0, matched=[], missing=[], playlist_id=playlist_id, folders=list(folders)
    )
    return with_lines(empty, lines)


def in_order(one: ListReport) -> list[Line]:
    """All lines of a list as the file had them."""
    return sorted([*one.matched, *one.missing], key=lambda line: line.number)


def with_lines(one: ListReport, lines: Sequence[Line]) -> ListReport:
    """The report of a list with these lines in place of its own."""
    return replace(
        one,
        entries=len(lines),
        matched=[line for line in lines if line.track_id is not None],
        missing=[line for line in lines if line.track_id is None],
    )


def whole(name: str, format_name: str, playlists: Sequence[ListReport]) -> Report:
    """The report of an import from those of its lists."""
    return Report(
        name=name,
        format=format_name,
        entries=sum(one.entries for one in playlists),
        matched=sum(len(one.matched) for one in playlists),
        playlists=list(playlists),
    )


def as_csv(report: Report) -> Iterator[bytes]:
    """One row a line, in the order of the lists, as a table for any spreadsheet."""
    yield "\ufeff".encode()
    yield _row(_HEAD)
    for one in report.playlists:
        for line in in_order(one):
            outcome = "matched" if line.track_id else "missing"
            words = (line.title, line.artist, line.album, line.path)
            told = (one.name, line.number, outcome, line.how, f"{line.score:.2f}")
            yield _row((*told, *words, line.track_id or "", line.reason or ""))


def pack(report: Report) -> bytes:
    """As it is kept."""
    return zlib.compress(msgspec.json.encode(report))


def unpack(body: bytes) -> Report:
    """Back from the kept form."""
    return msgspec.json.decode(zlib.decompress(body), type=Report)


def _line(number: int, entry: Entry, match: Match) -> Line:
    """The line of an entry and its match."""
    return Line(
        number=number,
        title=entry.title,
        artist=entry.artist,
        album=entry.album,
        path=entry.path,
        duration_s=entry.duration_s,
        how=match.how,
        score=round(match.score, 3),
        track_id=match.track_id,
        reason=None if match.track_id else _reason(entry, match),
        candidates=list(match.candidates),
    )


def _reason(entry: Entry, match: Match) -> str:
    if match.how == "several":
        return _REASONS["several"]
    if match.candidates:
        return _REASONS["version"]
    is_address = entry.path.lower().startswith(("http://", "https://"))
    return _REASONS["address" if is_address and not entry.title else "none"]


def _row(values: Sequence[object]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([texts.cell(value) for value in values])
    return out.getvalue().encode("utf-8", "replace")
