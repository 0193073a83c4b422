"""The one matcher of every import: from what a foreign list says of a track to the track here.

Evidence is asked for from the strongest to the weakest, for all wanted tracks at once: our own id, what is
heard (payload), the exact place in a library, the MusicBrainz recording, the ISRC, the end of the path, the
names with the duration, and at last the end of any path in sight. Several tracks that fit alike are told
apart by album, length and names; where nothing tells them apart there is no match, never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from resonance.audio.path_facts import from_path
from resonance.core.ids import is_id
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import track
from resonance.library import alike, match_store
from resonance.library.match_choice import How, Match, Open, Wanted, bindable
from resonance.library.match_store import Found, Known
from resonance.model.caller import Caller

__all__ = ["How", "Match", "Wanted", "match"]

_DEEPEST = 12  # folders of a path that are looked at
_NUMBERED = re.compile(r"[\W\d_]*(?:track|titel|piste|audiotrack)?[\W\d_]*", re.IGNORECASE)
_Word = Callable[[Wanted], str | None]


def match(uow: UnitOfWork, caller: Caller, wanted: Sequence[Wanted]) -> list[Match]:
    """A match for each of `wanted`, in order, among the tracks that the caller can see."""
    search = _Search(uow, caller, [Open(bindable(one)) for one in wanted])
    search.by_word("id", lambda one: one.track_id if one.track_id and is_id(one.track_id) else None)
    search.by_word("payload", lambda one: one.payload_id)
    search.by_place()
    search.by_word("mbid", lambda one: one.recording_mbid.lower() if one.recording_mbid else None)
    search.by_word("isrc", lambda one: _isrc(one.isrc))
    search.by_path_end()
    search.by_names()
    search.by_any_path_end()
    return [one.answer() for one in search.all]


@dataclass(slots=True)
class _Search:
    uow: UnitOfWork
    caller: Caller
    all: list[Open]
    _facts: dict[str, Known] = field(default_factory=dict)
    _roots: list[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self._roots = match_store.roots(self.uow, self.caller)

    def by_word(self, how: Literal["id", "payload", "mbid", "isrc"], word: _Word) -> None:
        """Something that names a track by itself."""
        asked = {at: key for at, one in self._open() if (key := word(one.wanted))}
        if not asked:
            return
        if how == "payload":
            found = match_store.by_payload(self.uow, self.caller, asked.values())
        else:
            column = {"id": track.c.id, "mbid": track.c.recording_mbid, "isrc": track.c.isrc}[how]
            found = match_store.by_column(self.uow, self.caller, column, asked.values())
        self._choose(how, {at: found[key] for at, key in asked.items() if key in found})

    def by_place(self) -> None:
        """An absolute path below the root of a library."""
        asked: dict[int, list[str]] = {}
        for at, one in self._open():
            path = one.wanted.path
            for root, library_id in self._roots if path and path.startswith("/") else ():
                if path and path.startswith(f"{root}/"):
                    asked[at] = [f"{library_id}/{form}" for form in _forms(path[len(root) + 1 :])]
                    break
        found = self._paths(key.partition("/")[2] for keys in asked.values() for key in keys)
        self._choose("path", {at: _union(found, keys) for at, keys in asked.items()})

    def by_path_end(self) -> None:
        """A path that ends as one in a library does as a whole: the longest such end counts."""
        asked = {at: _ends(one.wanted.path) for at, one in self._open() if one.wanted.path}
        found = self._paths(form for ends in asked.values() for end in ends for form in _forms(end))
        hits = {at: self._longest(ends, found) for at, ends in asked.items()}
        self._choose("file", {at: ids for at, (end, ids) in hits.items() if "/" in end})
        self._loose({at: hit for at, hit in hits.items() if hit[0] and "/" not in hit[0]})

    def by_any_path_end(self) -> None:
        """A path whose end is the end of one in a library, which goes deeper: all paths are read for it."""
        asked = {
            at: [_plain(end) for end in _ends(one.wanted.path)] for at, one in self._open() if one.wanted.path
        }
        names = {ends[-1] for ends in asked.values() if ends}
        if not names:
            return
        every = {end for ends in asked.values() for end in ends}

        def picked(path: str) -> Iterable[str]:
            if _plain(path.rpartition("/")[2]) not in names:
                return ()
            return [end for part in _ends(path) if (end := _plain(part)) in every]

        found = match_store.by_file_name(self.uow, self.caller, picked)
        hits = {at: self._longest(ends, found) for at, ends in asked.items()}
        self._choose("file", {at: ids for at, (end, ids) in hits.items() if "/" in end})
        self._loose({at: hit for at, hit in hits.items() if hit[0] and "/" not in hit[0]})

    def by_names(self) -> None:
        """Title, artist, album and length; where a list says only a path, what the path says."""
        asked: list[Open] = []
        for _, one in self._open():
            if one.title is None and one.wanted.path:
                guess = from_path(one.wanted.path)
                if guess.artist and guess.title:
                    one.title, one.artist = alike.title(guess.title), alike.names(guess.artist)
                    one.album = alike.title(guess.album).plain if guess.album else ""
            if one.title is not None:
                asked.append(one)
        keys = {key for one in asked if one.title for key in _title_keys(one.title)}
        self._name(asked, match_store.by_title(self.uow, self.caller, sorted(keys)))
        left = [one for one in asked if one.found is None and not one.equals and one.artist]
        heads = {one.title.head for one in left if one.title}
        self._name(left, match_store.by_title_start(self.uow, self.caller, sorted(heads)))

    def _name(self, asked: Sequence[Open], rows: Iterable[tuple[str, str]]) -> None:
        keys = {key for one in asked if one.title for key in _title_keys(one.title)}
        by_key: dict[str, set[str]] = defaultdict(set)
        for id_, text in rows:
            for key in keys.intersection(_title_keys(alike.title(text))):
                by_key[key].add(id_)
        self._load({id_ for ids in by_key.values() for id_ in ids})
        for one in asked:
            ids = _union(by_key, _title_keys(one.title)) if one.title and one.found is None else set()
            if ids:
                one.choose_by_names([self._facts[id_] for id_ in sorted(ids) if id_ in self._facts])

    def _loose(self, hits: dict[int, tuple[str, set[str]]]) -> None:
        """A bare file name says little: the only one, with a word in it, and nothing speaks against it."""
        self._load({id_ for _, ids in hits.values() for id_ in ids})
        for at, (end, ids) in hits.items():
            one, alone = self.all[at], [self._facts[id_] for id_ in ids if id_ in self._facts]
            if len(alone) != 1 or _NUMBERED.fullmatch(end.rpartition(".")[0] or end):
                continue
            if not one.contradicts(alone[0], wholly=False) and (not one.artist or one.credited(alone[0])):
                one.found = Match(alone[0].id, "file", 0.7)

    def _longest(self, ends: Sequence[str], found: Found) -> tuple[str, set[str]]:
        for end in ends:
            if ids := _union(found, _forms(end)):
                return end, ids
        return "", set()

    def _paths(self, paths: Iterable[str]) -> Found:
        listed = list(paths)
        return (
            match_store.by_path(self.uow, self.caller, listed, [id_ for _, id_ in self._roots])
            if listed
            else {}
        )

    def _choose(self, how: How, hits: dict[int, set[str]]) -> None:
        self._load({id_ for ids in hits.values() for id_ in ids})
        for at, ids in hits.items():
            if self.all[at].found is None:
                self.all[at].choose(how, ids, self._facts)

    def _load(self, ids: set[str]) -> None:
        lacking = ids - self._facts.keys()
        if lacking:
            self._facts |= match_store.known(self.uow, lacking)

    def _open(self) -> list[tuple[int, Open]]:
        return [(at, one) for at, one in enumerate(self.all) if one.found is None]


def _title_keys(title: alike.Title) -> set[str]:
    return {title.full, title.plain, title.bare or title.plain}


def _isrc(text: str | None) -> str | None:
    return text.replace("-", "").replace(" ", "").upper() if text else None


def _ends(path: str | None) -> list[str]:
    """What a path ends in, the longest first: A/B/c.mp3, B/c.mp3, c.mp3."""
    parts: list[str] = []
    for part in (path or "").split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    parts = parts[-_DEEPEST:]
    return ["/".join(parts[at:]) for at in range(len(parts))]


def _forms(path: str) -> list[str]:
    """A path as systems spell it: accents apart (macOS) or joined (all others)."""
    if path.isascii():
        return [path]
    forms = (path, unicodedata.normalize("NFC", path), unicodedata.normalize("NFD", path))
    return list(dict.fromkeys(forms))


def _plain(path: str) -> str:
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def _union(found: Found, keys: Iterable[str]) -> set[str]:
    return {id_ for key in keys for id_ in found.get(key, ())}
