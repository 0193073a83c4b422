"""Smart playlists: lists that follow a rule. Their entries are made from it and kept in step by the job.

Members are what the owner may see; other readers of a public list see those that they may see, as in every
playlist.
"""

from __future__ import annotations

import json
from time import perf_counter
from typing import TYPE_CHECKING, Any

from resonance.core.clock import now_ms
from resonance.core.errors import Conflict
from resonance.library.catalogue import albums_by_ids, artists_by_ids, tracks_by_ids
from resonance.model.smart import NspImport, PlaylistRule, RulePreview
from resonance.playlists import playlists, smart_members, smart_refresh, smart_store, smart_words
from resonance.playlists.playlists import MOST_ENTRIES, Edit, no_such
from resonance.rules.scope import needs
from resonance.rules.tree import Rule, from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resonance.core.events import EventBus
    from resonance.db.engine import Database, UnitOfWork
    from resonance.jobs.ports import JobContext
    from resonance.model.caller import Caller
    from resonance.model.playlist import PlaylistItem
    from resonance.playlists.ports import Likeness

# A rule just saved is asked once more: what changed while it was saved was noted for nobody.
SOON_MS = 5_000


class SmartPlaylists:
    """Each verb asks the rule in a reading unit of work and writes what it found in another."""

    def __init__(self, db: Database, events: EventBus, likeness: Likeness) -> None:
        self._db, self._events, self._likeness = db, events, likeness

    def preview(
        self, caller: Caller, rule: Rule, *, limit: int = 40, unknown: Sequence[str] = ()
    ) -> RulePreview:
        """What the rule finds for the caller right now, with its first `limit` tracks."""
        began = perf_counter()
        with self._db.read(caller.user_id) as uow:
            question = smart_members.asked(uow, caller, rule, self._likeness)
            by_number = rule.limit is not None and rule.limit.kind == "tracks"
            most = min(int(rule.limit.amount), MOST_ENTRIES) if rule.limit and by_number else limit
            count, seconds, whole = smart_members.looked(uow, question, most)
            kept = min(count, MOST_ENTRIES)
            if rule.limit is not None:
                whole = whole if by_number else smart_members.all_of(uow, question)
                kept, seconds = len(whole), smart_store.seconds(uow, whole)
            first = whole[:limit]
            names = _names(uow, caller, rule)
            items = tracks_by_ids(uow, caller, first)
        words, typed = smart_words.told(rule, names)
        return RulePreview(
            count=count,
            kept=kept,
            duration_s=seconds,
            rule=to_json(rule),
            sentence=words,
            text=typed,
            names=names,
            unknown=list(unknown),
            items=items,
            took_ms=round((perf_counter() - began) * 1000, 1),
        )

    def create(
        self, caller: Caller, name: str, rule: Rule, *, comment: str = "", public: bool = False
    ) -> PlaylistItem:
        """A new playlist that follows the rule."""
        caller.must_write()
        with self._db.read(caller.user_id) as uow:
            question = smart_members.asked(uow, caller, rule, self._likeness)
            members = smart_members.all_of(uow, question)
        with self._db.write(caller.user_id) as uow:
            made = playlists.create(uow, self._events, caller, name, comment=comment, public=public)
            return self._follow(uow, caller, made.id, question, members, None)

    def set_rule(
        self, caller: Caller, playlist_id: str, rule: Rule, *, version: int | None = None
    ) -> PlaylistItem:
        """Let a playlist follow this rule; what was in it goes.

        NotFound, Forbidden, Conflict for a stale version, Invalid for a rule that would look into itself.
        """
        caller.must_write()
        with self._db.read(caller.user_id) as uow:
            smart_members.no_circle(uow, playlist_id, rule)
            question = smart_members.asked(uow, caller, rule, self._likeness)
            members = smart_members.all_of(uow, question)
        with self._db.write(caller.user_id) as uow:
            return self._follow(uow, caller, playlist_id, question, members, version)

    def refresh(self, caller: Caller, playlist_id: str) -> PlaylistItem:
        """Ask the rule again now. NotFound; Forbidden for others than the owner; Conflict without a rule."""
        caller.must_write()
        with self._db.read(caller.user_id) as uow:
            row = _own(uow, caller, playlist_id)
            question = smart_members.asked(uow, caller, _rule(row), self._likeness)
            members = smart_members.all_of(uow, question)
        with self._db.write(caller.user_id) as uow:
            if smart_store.members(uow, playlist_id) == members:
                return playlists.item(uow, caller, playlist_id)
            return self._follow(uow, caller, playlist_id, question, members, None)

    def freeze(self, caller: Caller, playlist_id: str, *, version: int | None = None) -> PlaylistItem:
        """Make it a normal playlist with the tracks that it has now. Conflict for one without a rule."""
        with self._db.write(caller.user_id) as uow:
            edit = Edit(uow, self._events, caller, playlist_id, version)
            _own(uow, caller, playlist_id)
            return edit.done(rule=None, watches="", sources="{}", due_at=None)

    def rule(self, uow: UnitOfWork, caller: Caller, playlist_id: str) -> PlaylistRule:
        """The rule of the caller's own playlist. NotFound; Forbidden; Conflict as in `refresh`."""
        found = _rule(_own(uow, caller, playlist_id))
        names = _names(uow, caller, found)
        words, typed = smart_words.told(found, names)
        _, lost = smart_words.nsp_file(found, "", "", public=False)
        return PlaylistRule(rule=to_json(found), sentence=words, text=typed, names=names, not_in_nsp=lost)

    def nsp_file(self, uow: UnitOfWork, caller: Caller, playlist_id: str) -> tuple[str, str]:
        """The name of the playlist and its rule as an .nsp file. As `rule`."""
        rule = _rule(_own(uow, caller, playlist_id))
        item = playlists.item(uow, caller, playlist_id)
        file, _ = smart_words.nsp_file(rule, item.name, item.comment, public=item.public)
        return item.name, file

    def create_from_nsp(
        self, caller: Caller, file: str, *, name: str | None = None, public: bool | None = None
    ) -> NspImport:
        """A new playlist of an .nsp file, called and shown as the file says where nothing else is said."""
        rule, unknown = smart_words.given(file=file)
        said_name, comment, said_public = smart_words.nsp_heading(rule)
        made = self.create(
            caller,
            name or said_name or "Smart playlist",
            rule,
            comment=comment,
            public=said_public if public is None else public,
        )
        return NspImport(made, unknown)

    def refresh_all(self, context: JobContext) -> int:
        """The job."""
        return smart_refresh.run(self._db, self._events, self._likeness, context)

    def something_to_do(self, uow: UnitOfWork) -> bool:
        """Whether the job would find work."""
        return smart_store.something_to_do(uow, now_ms())

    def _follow(
        self,
        uow: UnitOfWork,
        caller: Caller,
        playlist_id: str,
        question: smart_members.Asked,
        members: list[str],
        version: int | None,
    ) -> PlaylistItem:
        edit = Edit(uow, self._events, caller, playlist_id, version)
        smart_members.no_circle(uow, playlist_id, question.rule)
        smart_store.put_members(uow, playlist_id, members, edit.at)
        return edit.done(
            rule=json.dumps(to_json(question.rule), ensure_ascii=False, separators=(",", ":")),
            watches=smart_members.watches(question.rule),
            sources=json.dumps(dict(question.sources)),
            due_at=edit.at + SOON_MS,
        )


def _own(uow: UnitOfWork, caller: Caller, playlist_id: str) -> Any:
    """The row of a smart playlist that the caller may change."""
    playlists.must_own(uow, caller, playlist_id)
    row = smart_store.one(uow, playlist_id)
    if row is None:
        raise no_such()
    if row.rule is None:
        raise Conflict("This playlist follows no rule.", code="no_rule")
    return row


def _rule(row: Any) -> Rule:
    return from_json(json.loads(row.rule))


def _names(uow: UnitOfWork, caller: Caller, rule: Rule) -> dict[str, str]:
    """What the ids in a rule are called; those of what is gone or out of sight are missing."""
    wanted = needs(rule)

    def ids(of: str) -> list[str]:
        return [need.value for need in wanted if need.of == of]

    lists = smart_store.readable(uow, caller, ids("playlist"))
    return {
        **{one.id: one.title for one in tracks_by_ids(uow, caller, ids("track"))},
        **{one.id: one.title for one in albums_by_ids(uow, caller, ids("album"))},
        **{one.id: one.name for one in artists_by_ids(uow, caller, ids("artist"))},
        **{id_: row.name for id_, row in lists.items()},
    }
