"""The orders of lists as enums, made from those the catalogue knows."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any, get_args

import strawberry

from resonance.api.graphql.types import Order
from resonance.library import catalogue


def _enum(name: str, words: Any) -> Any:
    build: Any = enum.Enum  # its functional form, whose name mypy wants as a literal
    made = build(name, {word.upper(): word for word in get_args(words)})
    return strawberry.enum(made)


if TYPE_CHECKING:

    class AlbumSort(enum.Enum):
        TITLE = "title"

    class TrackSort(enum.Enum):
        TITLE = "title"

    class ArtistSort(enum.Enum):
        NAME = "name"
else:
    AlbumSort = _enum("AlbumSort", catalogue.AlbumSort)
    TrackSort = _enum("TrackSort", catalogue.TrackSort)
    ArtistSort = _enum("ArtistSort", catalogue.ArtistSort)


def sort_words(sort: enum.Enum, order: Order | None) -> tuple[Any, Any]:
    """Sort and order as the catalogue names them."""
    return sort.value, order.value if order else None
