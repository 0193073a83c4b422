"""The schema, its limits, and how errors leave it."""

from __future__ import annotations

import strawberry
from graphql import GraphQLError
from strawberry.extensions import MaxAliasesLimiter, MaxTokensLimiter, ParserCache, ValidationCache
from strawberry.tools import merge_types
from strawberry.types import ExecutionContext

from resonance.api.graphql import personal_types, server_types, set_types, types
from resonance.api.graphql.analysis_fields import AnalysisMutations, AnalysisQueries
from resonance.api.graphql.catalogue_queries import CatalogueQueries
from resonance.api.graphql.exchange import ExchangeMutations, ExchangeQueries
from resonance.api.graphql.imports import ImportMutations, ImportQueries
from resonance.api.graphql.limits import MAX_ALIASES, MAX_TOKENS, Limits
from resonance.api.graphql.lists import ListMutations, ListQueries
from resonance.api.graphql.lyrics import LyricMutations, LyricQueries
from resonance.api.graphql.meaning import MeaningQueries, MoodMutations
from resonance.api.graphql.personal_mutations import PersonalMutations, PlaylistMutations
from resonance.api.graphql.personal_queries import PersonalQueries
from resonance.api.graphql.prompt import PromptMutations, PromptQueries
from resonance.api.graphql.remote import RemoteMutations, RemoteQueries
from resonance.api.graphql.rules import RuleMutations, RuleQueries
from resonance.api.graphql.server_mutations import ServerMutations
from resonance.api.graphql.server_queries import ServerQueries
from resonance.api.graphql.set_mutations import SetMutations
from resonance.api.graphql.set_queries import SetQueries
from resonance.api.graphql.shares import ShareMutations, ShareQueries
from resonance.api.graphql.similar import SimilarMutations, SimilarQueries
from resonance.api.graphql.subscriptions import Subscription
from resonance.core.errors import Invalid, ResonanceError
from resonance.core.logs import logger

log = logger(__name__)
MIRRORED = (personal_types, server_types, set_types, types)  # what the resolvers answer with


class Schema(strawberry.Schema):
    """Errors of ours keep their words and get their code; of others only the log learns more."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Called with the errors of every operation before they are answered."""
        for error in errors:
            cause = error.original_error
            if isinstance(cause, ResonanceError):
                error.extensions = {"code": cause.code}
                if isinstance(cause, Invalid) and cause.field:
                    error.extensions["field"] = cause.field
            elif cause is not None and not isinstance(cause, GraphQLError):
                log.error("graphql.crashed", path=error.path, exc_info=cause)
                error.message = "The server met an unexpected fault. Its log has the details."
                error.extensions = {"code": "error"}
            elif not error.extensions:
                error.extensions = {"code": "invalid"}


schema = Schema(
    query=merge_types(
        "Query",
        (
            ServerQueries,
            CatalogueQueries,
            MeaningQueries,
            PromptQueries,
            SimilarQueries,
            PersonalQueries,
            AnalysisQueries,
            ExchangeQueries,
            ImportQueries,
            ListQueries,
            LyricQueries,
            RemoteQueries,
            RuleQueries,
            SetQueries,
            ShareQueries,
        ),
    ),
    mutation=merge_types(
        "Mutation",
        (
            PersonalMutations,
            PlaylistMutations,
            MoodMutations,
            PromptMutations,
            SimilarMutations,
            ServerMutations,
            AnalysisMutations,
            ExchangeMutations,
            ImportMutations,
            ListMutations,
            LyricMutations,
            RemoteMutations,
            RuleMutations,
            SetMutations,
            ShareMutations,
        ),
    ),
    subscription=Subscription,
    extensions=[
        Limits,
        lambda: MaxTokensLimiter(max_token_count=MAX_TOKENS),
        lambda: MaxAliasesLimiter(max_alias_count=MAX_ALIASES),
        lambda: ParserCache(maxsize=200),
        lambda: ValidationCache(maxsize=200),
    ],
)


def printed() -> str:
    """The schema in its own language."""
    return schema.as_str()
