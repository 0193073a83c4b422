"""The whole artist index, the largest answer that clients ask for at every start.

Built once for each set of libraries and version of the catalogue, and kept encoded by letter. What a user
liked or rated is put in by encoding only the letters it stands under.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from resonance.api.subsonic import shapes, store
from resonance.api.subsonic.envelope import Composite, Fragment
from resonance.api.subsonic.model import ArtistID3, ArtistsID3, Index, Indexes, IndexID3
from resonance.core.text import index_letter
from resonance.db.engine import UnitOfWork
from resonance.library.catalogue import access
from resonance.library.catalogue import cache as catalogue_cache
from resonance.model.caller import Caller

COST = 1_500  # bytes of an artist in all its forms, roughly
_Marks = dict[str, tuple[int | None, int | None]]


@dataclass
class ArtistIndex:
    """One built index. `where` finds an artist's letter."""

    letters: dict[str, list[ArtistID3]]
    last_modified: int
    where: dict[str, str] = field(default_factory=dict)
    tagged: list[Fragment] = field(default_factory=list)
    folders: list[Fragment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.where = {artist.id: letter for letter, group in self.letters.items() for artist in group}
        self.tagged = [_tagged(letter, group) for letter, group in self.letters.items()]
        self.folders = [_folder(letter, group) for letter, group in self.letters.items()]

    @property
    def cost(self) -> int:
        """Bytes held, roughly."""
        return COST * len(self.where)

    def artists(self, articles: str, marks: _Marks) -> Fragment:
        """As `artists`."""
        head = ArtistsID3(ignored_articles=articles, last_modified=self.last_modified)
        return Composite("artists", head, "index", self._marked(self.tagged, marks, tagged=True))

    def indexes(self, articles: str, marks: _Marks, since: int) -> Fragment:
        """As `indexes`; without any letter when nothing has changed after `since`."""
        head = Indexes(ignored_articles=articles, last_modified=self.last_modified)
        fresh = [] if 0 < self.last_modified <= since else self._marked(self.folders, marks, tagged=False)
        return Composite("indexes", head, "index", fresh)

    def _marked(self, plain: Sequence[Fragment], marks: _Marks, *, tagged: bool) -> Sequence[Fragment]:
        touched = {self.where[artist] for artist in marks if artist in self.where}
        if not touched:
            return plain
        make = _tagged if tagged else _folder
        return [
            make(letter, [_mark(artist, marks) for artist in group]) if letter in touched else fragment
            for (letter, group), fragment in zip(self.letters.items(), plain, strict=True)
        ]


def current(uow: UnitOfWork, viewer: Caller) -> ArtistIndex:
    """The index of the viewer's libraries as it is now."""
    key = ("subsonic.artists", access.mask(viewer))
    return catalogue_cache.remembered(
        uow, key, catalogue_cache.catalogue_mark(uow), lambda: _build(uow, viewer), lambda built: built.cost
    )


def _build(uow: UnitOfWork, viewer: Caller) -> ArtistIndex:
    letters: dict[str, list[ArtistID3]] = {}
    for row in store.all_album_artists(uow, viewer):
        letters.setdefault(index_letter(row.name_sort), []).append(shapes.artist_id3(row, None, None))
    ordered = {letter: letters[letter] for letter in sorted(letters)}  # "#" before the letters
    return ArtistIndex(ordered, store.last_modified(uow))


def _tagged(letter: str, group: list[ArtistID3]) -> Fragment:
    return Fragment("index", IndexID3(name=letter, artist=group))


def _folder(letter: str, group: list[ArtistID3]) -> Fragment:
    return Fragment("index", Index(name=letter, artist=shapes.folder_artists(group)))


def _mark(artist: ArtistID3, marks: _Marks) -> ArtistID3:
    if artist.id not in marks:
        return artist
    liked_at, stars = marks[artist.id]
    return msgspec.structs.replace(artist, starred=shapes.when(liked_at), user_rating=stars)
