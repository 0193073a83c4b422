"""Values that the library has of a field, for whoever types a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from resonance.core.errors import Invalid
from resonance.core.text import fold
from resonance.db.engine import UnitOfWork
from resonance.library import catalogue
from resonance.listens import tags
from resonance.model.caller import Caller
from resonance.model.smart import RuleSuggestion
from resonance.playlists import rule_value_store as store
from resonance.rules.fields import FIELDS

MOST = 20
Values = list[RuleSuggestion]


def suggestions(uow: UnitOfWork, caller: Caller, field: str, q: str) -> Values:
    """Up to MOST values that the caller's music has and in which `q` occurs, those that begin so first.

    Invalid for a field that is not in SUGGESTS.
    """
    source = SUGGESTS.get(field)
    if source is None:
        raise Invalid(f"Values of {field[:40]} are not suggested.", field="field")
    return source(uow, caller, fold(q.strip()))


def _best(words: str, values: Iterable[RuleSuggestion]) -> Values:
    fitting = [(fold(one.value), one) for one in values if words in fold(one.value)]
    fitting.sort(key=lambda pair: (not pair[0].startswith(words), -(pair[1].tracks or 0), pair[0]))
    return [one for _, one in fitting[:MOST]]


def _genres(uow: UnitOfWork, caller: Caller, words: str) -> Values:
    every = catalogue.genres(uow, caller)
    return _best(words, (RuleSuggestion(one.name, one.track_count) for one in every))


def _people(role: str) -> Callable[[UnitOfWork, Caller, str], Values]:
    def find(uow: UnitOfWork, caller: Caller, words: str) -> Values:
        rows = store.people(uow, caller, role, words, MOST)
        counted = role == "artist"
        return [RuleSuggestion(row.name, row.track_count if counted else None) for row in rows]

    return find


def _albums(uow: UnitOfWork, caller: Caller, words: str) -> Values:
    rows = store.albums(uow, caller, words, 2 * MOST)
    return list({row.title: RuleSuggestion(row.title, row.track_count) for row in rows}.values())[:MOST]


def _joined(name: store.Joined) -> Callable[[UnitOfWork, Caller, str], Values]:
    """Of texts that hold several values with ";" between them."""

    def find(uow: UnitOfWork, caller: Caller, words: str) -> Values:
        parts = (part.strip() for text in store.joined(uow, caller, name) for part in text.split(";"))
        return _best(words, map(RuleSuggestion, {part for part in parts if part}))

    return find


def _of_files(name: store.OfFile) -> Callable[[UnitOfWork, Caller, str], Values]:
    def find(uow: UnitOfWork, caller: Caller, words: str) -> Values:
        return _best(words, map(RuleSuggestion, store.of_files(uow, caller, name)))

    return find


def _libraries(uow: UnitOfWork, caller: Caller, words: str) -> Values:
    return _best(words, map(RuleSuggestion, store.libraries(uow, caller)))


def _tags(uow: UnitOfWork, caller: Caller, words: str) -> Values:
    return _best(words, (RuleSuggestion(one.tag, one.track_count) for one in tags.all_tags(uow, caller)))


_ROLES = [name for name, field in FIELDS.items() if field.group == "people" and field.kind == "text"]
SUGGESTS: dict[str, Callable[[UnitOfWork, Caller, str], Values]] = {
    "genre": _genres,
    "artist": _people("artist"),
    "album_artist": _people("album"),
    **{name: _people(name) for name in _ROLES if not name.endswith("_mbid")},
    "album": _albums,
    "label": _joined("label"),
    "release_type": _joined("release_type"),
    "mood_tag": _joined("mood_tag"),
    "codec": _of_files("codec"),
    "file_type": _of_files("file_type"),
    "library": _libraries,
    "tag": _tags,
}
