"""A tree of playlists as a document tells it: folders and lists that begin, take tracks, and end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from resonance.core.errors import Invalid
from resonance.playlists.exchange.crate import Folder, Listing, Node

Kind: TypeAlias = Literal["folder", "list", "root", "other"]
DEEPEST = 32
MOST_NODES, MOST_KEYS = 50_000, 2_000_000


@dataclass(slots=True)
class _Open:
    kind: Kind
    name: str
    keys: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)


class Growing:
    """What `begin` opens `end` closes. `nodes` are those that stand outside of all, or in a "root".

    What lies in an "other" node, or deeper than any program nests, is left out. Invalid for more nodes or
    entries than any library has.
    """

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._open: list[_Open] = []
        self._same: dict[str, str] = {}
        self._begun = self._taken = 0

    @property
    def inside(self) -> bool:
        """Whether a node is open."""
        return bool(self._open)

    def begin(self, kind: Kind, name: str) -> None:
        """A node begins."""
        self._begun += 1
        if self._begun > MOST_NODES:
            raise Invalid(f"A library has up to {MOST_NODES:,} playlists.", field="file")
        lost = len(self._open) > DEEPEST or any(above.kind == "other" for above in self._open)
        self._open.append(_Open("other" if lost else kind, name))

    def take(self, key: str) -> None:
        """A track stands in the list that is open."""
        if not key or not self._open or self._open[-1].kind != "list":
            return
        self._taken += 1
        if self._taken > MOST_KEYS:
            raise Invalid(f"Playlists of a library have up to {MOST_KEYS:,} entries.", field="file")
        self._open[-1].keys.append(self._same.setdefault(key, key))

    def end(self) -> None:
        """The node that began last ends."""
        done = self._open.pop()
        around = self._open[-1].children if self._open else self.nodes
        if done.kind == "root":
            around += done.children
        elif done.kind == "folder":
            around.append(Folder(done.name, tuple(done.children)))
        elif done.kind == "list":
            around.append(Listing(done.name, tuple(done.keys)))
