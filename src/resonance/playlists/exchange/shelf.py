"""Imported playlists: what is told of each, and how they are put beside those that are here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec.structs import replace

from resonance.core.events import EventBus
from resonance.db.engine import UnitOfWork
from resonance.library.match import Match
from resonance.model.caller import Caller
from resonance.playlists import playlists, store
from resonance.playlists.exchange.crate import Entry, Listing
from resonance.playlists.exchange.report import ListReport, list_report

Lists: TypeAlias = Literal["add", "replace", "skip"]


class Reports:
    """Makes the report of each playlist."""

    def __init__(self, entries: Mapping[str, Entry], matches: Mapping[str, Match], name: str) -> None:
        self._entries, self._matches, self._name = entries, matches, name

    def of(self, folders: Sequence[str], listing: Listing) -> ListReport:
        pairs = list(self._pairs(listing.keys))
        lines = [entry for entry, _ in pairs], [match for _, match in pairs]
        return list_report(listing.name or self._name or "Playlist", *lines, folders=folders)

    def with_ids(self, folders: Sequence[str], listing: Listing) -> tuple[ListReport, list[str], str]:
        """The report, the tracks that are here in order, and the comment."""
        ids = [match.track_id for _, match in self._pairs(listing.keys) if match.track_id is not None]
        return self.of(folders, listing), ids, listing.comment

    def _pairs(self, keys: Sequence[str]) -> Iterator[tuple[Entry, Match]]:
        for key in keys:
            entry = self._entries.get(key)
            if entry is None:
                # The playlist names what the collection of the file does not have.
                entry = Entry(key=key, path=key if "/" in key else "", title="" if "/" in key else key)
            yield entry, self._matches.get(key, Match(None, "none", 0.0))


class Shelf:
    """The caller's playlists while more are put beside them."""

    def __init__(self, uow: UnitOfWork, events: EventBus, caller: Caller, how: Lists) -> None:
        self._uow, self._events, self._caller, self._how = uow, events, caller, how
        self._known: dict[str, str] = {}
        for row in store.readable(uow, caller):
            if row.owner_id == caller.user_id and row.rule is None:
                self._known.setdefault(row.name, row.id)

    def put(self, report: ListReport, ids: list[str], comment: str) -> ListReport:
        """The report with the playlist that holds these tracks; one that holds just them is left alone."""
        name = " ".join(report.name.split())[: playlists.LONGEST_NAME] or "Playlist"
        ids = ids[: playlists.MOST_ENTRIES]
        known = self._known.get(name)
        if known is not None:
            held = [row.track_id for row in store.shown(self._uow, self._caller, known)]
            if held == ids:
                return replace(report, playlist_id=known)
            if self._how == "replace":
                playlists.replace(self._uow, self._events, self._caller, known, ids)
                return replace(report, playlist_id=known)
        made = playlists.create(
            self._uow,
            self._events,
            self._caller,
            name,
            comment=comment[: playlists.LONGEST_COMMENT],
            track_ids=ids,
        )
        self._known.setdefault(name, made.id)
        return replace(report, playlist_id=made.id)
