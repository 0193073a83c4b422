"""Rules and the playlists that follow one, as GraphQL has them."""

from __future__ import annotations

import strawberry
from strawberry.scalars import JSON

from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import page_size
from resonance.api.graphql.personal_types import Playlist
from resonance.api.graphql.types import Track, shown
from resonance.playlists import rule_values, smart_words

FORMS = "The rule is given as JSON or as it is typed: `genre:jazz bpm:80..110`."
FEW = 40


@strawberry.type(description="What a rule finds now: `count` tracks match, `kept` of them are in the list.")
class RulePreview:
    count: int
    kept: int
    duration_s: float
    rule: JSON
    sentence: str
    text: str
    names: JSON
    items: list[Track]
    took_ms: float


@strawberry.type(description="The rule a playlist follows; `names` says what ids in it are called.")
class PlaylistRule:
    rule: JSON
    sentence: str
    text: str
    names: JSON
    not_in_nsp: list[str]


@strawberry.type(description="A field that rules may ask about. `nsp` is Navidrome's name.")
class RuleField:
    name: str
    label: str
    kind: str
    group: str
    operators: list[str]
    unit: str | None
    nsp: str | None
    personal: bool
    sortable: bool
    suggests: bool


@strawberry.type(description="A value that your music has, and on how many tracks where that is known.")
class RuleSuggestion:
    value: str
    tracks: int | None


@strawberry.type(description="`unknown` is what of the file means nothing here; it is kept for the export.")
class NspImport:
    playlist: Playlist
    unknown: list[str]


@strawberry.type
class RuleQueries:
    @strawberry.field(description=f"What a rule finds right now; nothing is kept. {FORMS}")
    def rule_preview(
        self, info: Info, rule: JSON | None = None, text: str | None = None, limit: int = FEW
    ) -> RulePreview:
        read, _ = smart_words.given(rule=rule, typed=text)
        context = info.context
        return shown(context.services.smart.preview(context.caller, read, limit=page_size(limit)))

    @strawberry.field(description="The rule that your playlist follows.")
    def playlist_rule(self, info: Info, id: strawberry.ID) -> PlaylistRule:
        context = info.context
        return shown(context.services.smart.rule(context.uow, context.caller, id))

    @strawberry.field(description="The rule that your playlist follows, as an .nsp file of Navidrome.")
    def playlist_nsp(self, info: Info, id: strawberry.ID) -> str:
        context = info.context
        return context.services.smart.nsp_file(context.uow, context.caller, id)[1]

    @strawberry.field(description="Every field that a rule may ask about.")
    def rule_fields(self) -> list[RuleField]:
        return shown(smart_words.fields())

    @strawberry.field(description="Values that your music has of a field.")
    def rule_suggestions(self, info: Info, field: str, q: str = "") -> list[RuleSuggestion]:
        return shown(rule_values.suggestions(info.context.uow, info.context.caller, field, q))


@strawberry.type
class RuleMutations:
    @strawberry.mutation(description=f"A playlist that follows a rule. {FORMS}")
    def create_smart_playlist(
        self,
        info: Info,
        name: str,
        rule: JSON | None = None,
        text: str | None = None,
        comment: str = "",
        public: bool = False,
    ) -> Playlist:
        read, _ = smart_words.given(rule=rule, typed=text)
        context = info.context
        context.close()
        made = context.services.smart.create(context.caller, name, read, comment=comment, public=public)
        return shown(made)

    @strawberry.mutation(description="A smart playlist of an .nsp file; name and public else as it says.")
    def import_nsp(
        self, info: Info, nsp: str, name: str | None = None, public: bool | None = None
    ) -> NspImport:
        context = info.context
        context.close()
        return shown(context.services.smart.create_from_nsp(context.caller, nsp, name=name, public=public))

    @strawberry.mutation(description=f"Let a playlist follow a rule; its tracks become those of it. {FORMS}")
    def set_playlist_rule(
        self,
        info: Info,
        id: strawberry.ID,
        rule: JSON | None = None,
        text: str | None = None,
        version: int | None = None,
    ) -> Playlist:
        read, _ = smart_words.given(rule=rule, typed=text)
        context = info.context
        context.close()
        return shown(context.services.smart.set_rule(context.caller, id, read, version=version))

    @strawberry.mutation(description="Ask the rule of a playlist again now.")
    def refresh_playlist(self, info: Info, id: strawberry.ID) -> Playlist:
        context = info.context
        context.close()
        return shown(context.services.smart.refresh(context.caller, id))

    @strawberry.mutation(description="Make it a normal playlist with the tracks that it has now.")
    def freeze_playlist(self, info: Info, id: strawberry.ID, version: int | None = None) -> Playlist:
        context = info.context
        context.close()
        return shown(context.services.smart.freeze(context.caller, id, version=version))
