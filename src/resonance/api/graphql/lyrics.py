"""Lyrics."""

from __future__ import annotations

from typing import Any

import strawberry
from msgspec import UNSET

from resonance.api.graphql.context import Info
from resonance.api.graphql.mirrors import field, mirror, mutation
from resonance.library import lyrics
from resonance.library.lyrics import LyricLine, Lyrics, LyricWord


class LineMore:
    @field(description="Null where not each of them has a time of its own.")
    def words(self: Any) -> list[LyricWord] | None:
        return None if self.words is UNSET else list(self.words)


mirror(LyricWord)
mirror(LyricLine, extra=LineMore)
mirror(Lyrics)


@strawberry.type
class LyricQueries:
    @field(description="All texts of a track: your own, then synced ones.")
    def lyrics(self, info: Info, track_id: strawberry.ID) -> list[Lyrics]:
        return lyrics.of_track(info.context.uow, info.context.caller, track_id)


@strawberry.type
class LyricMutations:
    @mutation(description="Keep your own text of a track, plain lines or LRC; nobody else sees it.")
    def write_lyrics(self, info: Info, track_id: strawberry.ID, text: str) -> list[Lyrics]:
        context = info.context
        with context.write() as uow:
            lyrics.write(uow, context.caller, track_id, text)
            return lyrics.of_track(uow, context.caller, track_id)

    @mutation(description="Remove your own text; what is left is answered.")
    def forget_lyrics(self, info: Info, track_id: strawberry.ID) -> list[Lyrics]:
        context = info.context
        with context.write() as uow:
            lyrics.forget(uow, context.caller, track_id)
            return lyrics.of_track(uow, context.caller, track_id)

    @mutation(description="Let the words of a track come so much sooner for you; negative: later.")
    def offset_lyrics(self, info: Info, track_id: strawberry.ID, offset_ms: int) -> list[Lyrics]:
        context = info.context
        with context.write() as uow:
            lyrics.set_offset(uow, context.caller, track_id, offset_ms)
            return lyrics.of_track(uow, context.caller, track_id)

    @mutation(description="Ask the lyrics service now, where it is switched on; all texts of the track.")
    def find_lyrics(self, info: Info, track_id: strawberry.ID) -> list[Lyrics]:
        context = info.context
        context.close()
        context.services.lyrics.ask(context.caller, track_id)
        return lyrics.of_track(context.uow, context.caller, track_id)
