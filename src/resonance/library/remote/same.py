"""Whether a song of a server and a file here are the same track.

They are when (1) the mapped path is the file's path, or (2) what is heard is the same (payload; known of a
song once it was fetched), or (3) the matcher names exactly one track - by MusicBrainz id, ISRC or names - and
nothing speaks against it: the album has the same name, the lengths differ by at most two seconds, and disc
and number are equal where both sides tell them. The same recording on another album is another track. Among
equals none is taken. A song that a person set apart stays apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resonance.core.text import fold
from resonance.db.engine import UnitOfWork
from resonance.library.match import Wanted, match
from resonance.library.remote import song_store
from resonance.model.caller import Caller, Role

SAME_LENGTH_S = 2.0
_SURE = frozenset({"path", "payload"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One side of the question."""

    title: str
    artist: str
    album: str | None
    disc: int | None
    number: int | None
    duration_s: float
    isrc: str | None = None
    recording_mbid: str | None = None
    payload_id: str | None = None
    path: str | None = None  # absolute, on this machine

    def wanted(self) -> Wanted:
        """For the matcher."""
        return Wanted(
            path=self.path,
            title=self.title,
            artist=self.artist,
            album=self.album,
            duration_s=self.duration_s or None,
            isrc=self.isrc,
            recording_mbid=self.recording_mbid,
            payload_id=self.payload_id,
        )


@dataclass(frozen=True, slots=True)
class Same:
    """The track, or why there is none. `how` names the evidence; "none" means that nothing is alike."""

    track_id: str | None
    how: str
    why: str = ""


def find(uow: UnitOfWork, asked: Sequence[Asked], libraries: frozenset[str]) -> list[Same]:
    """An answer for each, among the tracks that lie in these libraries."""
    if not asked or not libraries:
        return [Same(None, "none") for _ in asked]
    caller = Caller("", "sync", Role.ADMIN, libraries)
    answers = match(uow, caller, [one.wanted() for one in asked])
    facts = song_store.placed(uow, [answer.track_id for answer in answers if answer.track_id])
    found: list[Same] = []
    for one, answer in zip(asked, answers, strict=True):
        if answer.track_id is None:
            why = f"{len(answer.candidates)} tracks fit alike" if answer.how == "several" else ""
            found.append(Same(None, answer.how, why))
        elif answer.how in _SURE:
            found.append(Same(answer.track_id, answer.how, _WORDS[answer.how]))
        else:
            found.append(_weighed(one, answer.track_id, answer.how, facts))
    return _each_once(found)


_WORDS = {
    "path": "the same file, by its mapped path",
    "payload": "the same sound",
    "mbid": "the same recording (MusicBrainz) on the same album",
    "isrc": "the same ISRC on the same album",
    "names": "the same names, place and length",
    "file": "the same names, place and length",
}


def _weighed(one: Asked, track_id: str, how: str, facts: Mapping[str, Any]) -> Same:
    other = facts[track_id]
    if fold(one.album or "") != fold(other.album or ""):
        return Same(None, "none", f"alike to a track of “{other.album or 'no album'}”")
    if one.duration_s and other.duration_s and abs(one.duration_s - other.duration_s) > SAME_LENGTH_S:
        return Same(None, "none", f"alike, but {abs(one.duration_s - other.duration_s):.0f} s apart")
    if one.number and other.number and one.number != other.number:
        return Same(None, "none", f"alike, but number {other.number} and not {one.number}")
    if one.disc and other.disc and one.disc != other.disc:
        return Same(None, "none", f"alike, but disc {other.disc} and not {one.disc}")
    return Same(track_id, "names" if how == "file" else how, _WORDS[how])


def _each_once(found: list[Same]) -> list[Same]:
    """Two that name the same track are equals, unless one of them is sure."""
    by_track: dict[str, list[int]] = {}
    for at, one in enumerate(found):
        if one.track_id is not None:
            by_track.setdefault(one.track_id, []).append(at)
    for places in by_track.values():
        if len(places) == 1:
            continue
        sure = [at for at in places if found[at].how in _SURE]
        for at in places:
            if [at] != sure:
                found[at] = Same(None, "several", f"{len(places)} songs fit the same track")
    return found
