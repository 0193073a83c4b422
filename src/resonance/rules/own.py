"""Where lies what a person said of tracks, albums and artists: likes, ratings, plays, tags, notes, moods."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import and_, case, func, literal, or_, select

from resonance.db.tables import analysis, listens
from resonance.db.tables.library import track, track_artist
from resonance.model.moods import SOURCES
from resonance.rules.rows import Column, Form, Rows, Source
from resonance.rules.scope import Scope


def _of_artists(value: Column, table: Any, key: Column, *where: Column) -> Rows:
    """What is known of the artists of a track, from rows of `table` about artists."""
    return Rows(
        *(track_artist, track_artist.c.track_id, value, (track_artist.c.role == "artist",)),
        once=False,
        best="max",
        link=track_artist.c.artist_id,
        link_key=key,
        link_table=table,
        link_where=where,
        few=True,
    )


def said(table: Any, kind: str, value: Column, form: Form) -> Source:
    """Likes and ratings of a track, its album or its artists."""
    if kind != "artist":
        of: Literal["track", "album"] = "album" if kind == "album" else "track"
        return Source(
            form,
            rows=lambda scope: Rows(
                table,
                table.c.item_id,
                value,
                (table.c.user_id == scope.user_id, table.c.item_kind == kind),
                of,
                few=True,
            ),
        )
    return Source(
        form,
        rows=lambda scope: _of_artists(
            value, table, table.c.item_id, table.c.user_id == scope.user_id, table.c.item_kind == "artist"
        ),
    )


def played(kind: str, name: Literal["play_count", "last_played_at"], form: Form) -> Source:
    """Plays of a track; of all tracks of its album; of all tracks of an artist."""
    stat = listens.track_stat
    gather = func.sum if name == "play_count" else func.max

    def rows(scope: Scope) -> Rows:
        mine = stat.c.user_id == scope.user_id
        if kind == "track":
            return Rows(stat, stat.c.track_id, stat.c[name], (mine,), few=True)
        other = track.alias("played")
        if kind == "album":
            found = (
                select(other.c.album_id.label("key"), gather(stat.c[name]).label("value"))
                .select_from(stat.join(other, other.c.id == stat.c.track_id))
                .where(mine, other.c.album_id.is_not(None))
                .group_by(other.c.album_id)
                .subquery()
            )
            return Rows(found, found.c.key, found.c.value, of="album", few=True)
        theirs = track_artist.alias("theirs")
        each = (
            select(theirs.c.artist_id.label("key"), gather(stat.c[name]).label("value"))
            .select_from(stat.join(theirs, theirs.c.track_id == stat.c.track_id))
            .where(mine, theirs.c.role == "artist")
            .group_by(theirs.c.artist_id)
            .subquery()
        )
        return _of_artists(each.c.value, each, each.c.key)

    return Source(form, rows=rows)


def personal(table: Any, value: Column) -> Source:
    """Own tags and notes."""
    once = table is listens.track_note
    return Source(
        "raw",
        rows=lambda scope: Rows(
            table, table.c.track_id, value, (table.c.user_id == scope.user_id,), once=once, few=True
        ),
    )


def mood(name: str) -> Source:
    """What the most believed one says of a mood, of those whom the person may hear."""
    said, other = analysis.mood.alias("said"), analysis.mood.alias("better")

    def rows(scope: Scope) -> Rows:
        def seen(row: Any) -> Column:
            return and_(row.c.mood == name, or_(row.c.source != "user", row.c.user_id == scope.user_id))

        better = select(literal(1)).where(
            other.c.track_id == said.c.track_id, seen(other), _rank(other) < _rank(said)
        )
        return Rows(said, said.c.track_id, said.c.value, (seen(said), ~better.correlate(said).exists()))

    return Source("number", rows=rows)


def _rank(row: Any) -> Column:
    return case(
        {source: place for place, source in enumerate(SOURCES)}, value=row.c.source, else_=len(SOURCES)
    )
