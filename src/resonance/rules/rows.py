"""The rows beside a track in which values lie, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import Select, and_, case, func, select, union_all

from resonance.rules.portable import joined
from resonance.rules.scope import Scope

Column: TypeAlias = Any
# How a value is written: `folded` by core.text, `ascii` compared without the case of A-Z, `small` the same
# and stored so already, `raw` text that must be folded in Python, `ms` since 1970, `day` a date as precise as
# known.
Form: TypeAlias = Literal["folded", "ascii", "small", "raw", "number", "ms", "day", "flag", "place"]


@dataclass(frozen=True)
class Rows:
    """Values beside a track: rows of `table` whose `key` is the id of the track, or of its album.

    `once`: no key has two rows. `best` is the one of several that an order takes. With `link`, a column of
    `table`, the values lie in a table of their own whose key is `link_key`, such as names in `artist`.
    `few`: one person's, so not of most tracks.
    """

    table: Any
    key: Column
    value: Column
    where: tuple[Column, ...] = ()
    of: Literal["track", "album"] = "track"
    once: bool = True
    best: Literal["min", "max"] = "min"
    link: Column = None
    link_key: Column = None
    link_table: Any = None
    link_where: tuple[Column, ...] = ()
    few: bool = False

    def beside(self, other: Rows) -> bool:
        """Whether both are the same rows, whatever their values: what is asked of them is asked at once."""
        same = (
            self.table is other.table
            and self.key is other.key
            and self.link is other.link
            and self.link_table is other.link_table
        )
        return same and _alike(self.where, other.where) and _alike(self.link_where, other.link_where)

    def linked(self, fit: Column, *, unless: bool = False) -> Column:
        """What is asked of values as a question about a row; `unless`: no linked value fits."""
        if self.link is None:
            return fit
        # The names first: there are few of them, and an index leads from each to its rows.
        named = select(self.link_key).select_from(self.link_table).where(*self.link_where, fit)
        return self.link.not_in(named) if unless else self.link.in_(named)

    def found(self, asked: Column) -> Select[Any]:
        """The keys of the rows that fit."""
        return select(self.key).select_from(self.table).where(*self.where, asked)

    def every(self, asked: Sequence[Column]) -> Select[Any]:
        """The keys that have, in one row or in several, all that is asked.

        Nearly always one row has it all. Only where there are several must they be looked at together.
        """
        several = select(self.key).select_from(self.table).where(*self.where)
        several = several.group_by(self.key).having(func.count() > 1)
        together = [func.max(case((one, 1), else_=0)) == 1 for one in asked]
        among = select(self.key).select_from(self.table).where(*self.where, self.key.in_(several))
        both = union_all(
            self.found(joined(and_, asked)), among.group_by(self.key).having(joined(and_, together))
        )
        return select(both.subquery("every").c[0])

    def one_each(self, shown: Callable[[Column], Column], default: float | None) -> Select[Any]:
        """(key, value): the value that an order takes, made sortable by `shown`."""
        value, table = shown(self.value), self.table
        if self.link is not None:
            same = and_(self.link == self.link_key, *self.link_where)
            table = table.join(self.link_table, same, isouter=default is not None)
            value = value if default is None else func.coalesce(value, default)
        if not self.once:
            value = func.min(value) if self.best == "min" else func.max(value)
        found = select(self.key.label("key"), value.label("value")).select_from(table).where(*self.where)
        return found if self.once else found.group_by(self.key)

    def all_values(self) -> Select[Any]:
        """Every value that is known."""
        table = self.table
        if self.link is not None:
            table = table.join(self.link_table, self.link == self.link_key)
        return select(self.value).select_from(table).where(*self.where, self.value.is_not(None))


@dataclass(frozen=True)
class Source:
    """Where a field lies: in a column of `track`, or in rows beside it. `signs` is what was folded.

    `joined` texts hold several values with ";" between them. `indexed`: an index leads from a track to it.
    """

    form: Form
    column: Column = None
    rows: Callable[[Scope], Rows] | None = None
    signs: Column = None
    joined: bool = False
    nullable: bool = True
    indexed: bool = False


def _alike(some: Sequence[Column], others: Sequence[Column]) -> bool:
    return len(some) == len(others) and all(
        one is other or one.compare(other) for one, other in zip(some, others, strict=True)
    )
