"""Imported playlists: what is told of each, and how they are put beside those that are here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Literal, TypeAlias

from msgspec.structs import replace

from resonance.core.events import EventBus
from resonance.db.engine import UnitOfWork
from resonance.library.match import Match
from resonance.model.caller import Caller
from resonance.playlists import folders, playlists, store
from resonance.playlists.exchange.chosen import Chosen
from resonance.playlists.exchange.crate import Entry, Listing
from resonance.playlists.exchange.report import ListReport, list_report

Lists: TypeAlias = Literal["add", "replace", "skip"]
Path: TypeAlias = tuple[str, ...]


class Reports:
    """Makes the report of each playlist, from entries and their matches that come in lots."""

    def __init__(self, listed: Set[str], name: str, chosen: Chosen) -> None:
        """`listed`: the keys that playlists have; `name` is for a list without one; `chosen` what a person
        said at an earlier import."""
        self.tracks = self.matched = 0
        self._listed, self._name, self._chosen = listed, name, chosen
        self._entries: dict[str, Entry] = {}
        self._matches: dict[str, Match] = {}

    def take(self, entries: Sequence[Entry], matches: Sequence[Match]) -> list[str | None]:
        """The tracks that the entries mean."""
        pairs = list(zip(entries, matches, strict=True))
        for entry, match in pairs:
            if entry.key in self._listed:
                self._entries[entry.key], self._matches[entry.key] = replace(entry, cues=()), match
        meant = [self._chosen.track(entry, match.track_id) for entry, match in pairs]
        self.tracks += len(meant)
        self.matched += sum(id_ is not None for id_ in meant)
        return meant

    def of(self, folders: Sequence[str], listing: Listing) -> ListReport:
        pairs = list(self._pairs(listing.keys))
        lines = [entry for entry, _ in pairs], [match for _, match in pairs]
        made = list_report(listing.name or self._name or "Playlist", *lines, folders=folders)
        return self._chosen.taken(made)

    def _pairs(self, keys: Sequence[str]) -> Iterator[tuple[Entry, Match]]:
        for key in keys:
            entry = self._entries.get(key)
            if entry is None:
                # The playlist names what the collection of the file does not have.
                entry = Entry(key=key, path=key if "/" in key else "", title="" if "/" in key else key)
            yield entry, self._matches.get(key, Match(None, "none", 0.0))


class Shelf:
    """The caller's playlists and folders while more are put beside them. `settle` comes last."""

    def __init__(self, uow: UnitOfWork, events: EventBus, caller: Caller, how: Lists) -> None:
        self._uow, self._events, self._caller, self._how = uow, events, caller, how
        self._known: dict[tuple[Path, str], list[str]] = {}
        self._folders, where = _places(uow, caller)
        self._new: dict[Path, list[str]] = {}
        for row in sorted(store.readable(uow, caller), key=lambda row: (row.created_at, row.id)):
            if row.owner_id == caller.user_id and row.rule is None:
                self._known.setdefault((where.get(row.id, ()), row.name), []).append(row.id)

    def put(self, report: ListReport, comment: str) -> ListReport:
        """The report with the playlist that holds its tracks; one that holds just them is left alone."""
        name = _name(report.name, "Playlist")
        path = tuple(_name(each, "Folder") for each in report.folders[: folders.DEEPEST])
        ids = [line.track_id for line in report.matched if line.track_id][: playlists.MOST_ENTRIES]
        known = self._known.setdefault((path, name), [])
        same = next((id_ for id_ in known if self._held(id_) == ids), None)
        if same is not None:
            return replace(report, playlist_id=same)
        if known and self._how == "replace":
            playlists.replace(self._uow, self._events, self._caller, known[0], ids)
            return replace(report, playlist_id=known[0])
        about = comment[: playlists.LONGEST_COMMENT]
        made = playlists.create(self._uow, self._events, self._caller, name, comment=about, track_ids=ids)
        known.append(made.id)
        if path:
            self._new.setdefault(path, []).append(made.id)
        return replace(report, playlist_id=made.id)

    def _held(self, playlist_id: str) -> list[str]:
        return [row.track_id for row in store.shown(self._uow, self._caller, playlist_id)]

    def settle(self) -> None:
        """Put new playlists into their folders."""
        for path, ids in self._new.items():
            folder_id = self._folder(path)
            for start in range(0, len(ids), folders.MOST_AT_ONCE):
                part = ids[start : start + folders.MOST_AT_ONCE]
                folders.put(self._uow, self._events, self._caller, part, folder_id=folder_id)

    def _folder(self, path: Path) -> str | None:
        """The folder of that path, made where it lacks; the one above where there are too many already."""
        if not path:
            return None
        if path not in self._folders:
            parent_id = self._folder(path[:-1])
            if len(self._folders) >= folders.MOST_FOLDERS:
                return parent_id
            made = folders.create(self._uow, self._events, self._caller, path[-1], parent_id=parent_id)
            self._folders[path] = made.id
        return self._folders[path]


def _places(uow: UnitOfWork, caller: Caller) -> tuple[dict[Path, str], dict[str, Path]]:
    """The ids of the caller's folders by their paths, and the path of each playlist that lies in one."""
    shelf = folders.tree(uow, caller)
    known = {folder.id: folder for folder in shelf.folders}

    def path(folder_id: str | None) -> Path:
        folder = known.get(folder_id) if folder_id else None
        return (*path(folder.parent_id), folder.name) if folder else ()

    paths = {id_: path(id_) for id_ in known}
    places = {place.playlist_id: paths[place.folder_id] for place in shelf.places if place.folder_id in paths}
    return {names: id_ for id_, names in reversed(paths.items())}, places


def _name(text: str, other: str) -> str:
    return " ".join(text.split())[: playlists.LONGEST_NAME] or other
