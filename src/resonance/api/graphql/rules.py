"""Rules and the playlists that follow one, as GraphQL has them."""

from __future__ import annotations

import strawberry
from strawberry.scalars import JSON

from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import page_size
from resonance.api.graphql.mirrors import field, mirror, mutation
from resonance.model import smart
from resonance.model.playlist import PlaylistItem
from resonance.playlists import rule_values, smart_words

FORMS = "The rule is given as JSON or as it is typed: `genre:jazz bpm:80..110`."
FEW = 40


mirror(smart.RulePreview)
mirror(smart.PlaylistRule)
mirror(smart.RuleFieldItem, name="RuleField")
mirror(smart.RuleSuggestion)
mirror(smart.NspImport)


@strawberry.type
class RuleQueries:
    @field(description=f"What a rule finds right now; nothing is kept. {FORMS}")
    def rule_preview(
        self,
        info: Info,
        rule: JSON | None = None,
        text: str | None = None,
        nsp: str | None = None,
        limit: int = FEW,
    ) -> smart.RulePreview:
        read, unknown = smart_words.given(rule=rule, typed=text, file=nsp)
        smart = info.context.services.smart
        return smart.preview(info.context.caller, read, limit=page_size(limit), unknown=unknown)

    @field(description="The rule that your playlist follows.")
    def playlist_rule(self, info: Info, id: strawberry.ID) -> smart.PlaylistRule:
        context = info.context
        return context.services.smart.rule(context.uow, context.caller, id)

    @field(description="The rule that your playlist follows, as an .nsp file of Navidrome.")
    def playlist_nsp(self, info: Info, id: strawberry.ID) -> str:
        context = info.context
        return context.services.smart.nsp_file(context.uow, context.caller, id)[1]

    @field(description="Every field that a rule may ask about.")
    def rule_fields(self) -> list[smart.RuleFieldItem]:
        return smart_words.fields()

    @field(description="Values that your music has of a field.")
    def rule_suggestions(self, info: Info, field: str, q: str = "") -> list[smart.RuleSuggestion]:
        return rule_values.suggestions(info.context.uow, info.context.caller, field, q)


@strawberry.type
class RuleMutations:
    @mutation(description=f"A playlist that follows a rule. {FORMS}")
    def create_smart_playlist(
        self,
        info: Info,
        name: str,
        rule: JSON | None = None,
        text: str | None = None,
        comment: str = "",
        public: bool = False,
    ) -> PlaylistItem:
        read, _ = smart_words.given(rule=rule, typed=text)
        context = info.context
        context.close()
        return context.services.smart.create(context.caller, name, read, comment=comment, public=public)

    @mutation(description="A smart playlist of an .nsp file; name and public else as it says.")
    def import_nsp(
        self, info: Info, nsp: str, name: str | None = None, public: bool | None = None
    ) -> smart.NspImport:
        context = info.context
        context.close()
        return context.services.smart.create_from_nsp(context.caller, nsp, name=name, public=public)

    @mutation(description=f"Let a playlist follow a rule; its tracks become those of it. {FORMS}")
    def set_playlist_rule(
        self,
        info: Info,
        id: strawberry.ID,
        rule: JSON | None = None,
        text: str | None = None,
        version: int | None = None,
    ) -> PlaylistItem:
        read, _ = smart_words.given(rule=rule, typed=text)
        context = info.context
        context.close()
        return context.services.smart.set_rule(context.caller, id, read, version=version)

    @mutation(description="Ask the rule of a playlist again now.")
    def refresh_playlist(self, info: Info, id: strawberry.ID) -> PlaylistItem:
        context = info.context
        context.close()
        return context.services.smart.refresh(context.caller, id)

    @mutation(description="Make it a normal playlist with the tracks that it has now.")
    def freeze_playlist(self, info: Info, id: strawberry.ID, version: int | None = None) -> PlaylistItem:
        context = info.context
        context.close()
        return context.services.smart.freeze(context.caller, id, version=version)
