"""The flexible API: the same services as REST, asked for exactly what is wanted."""

from resonance.api.graphql.endpoint import router

__all__ = ["router"]
