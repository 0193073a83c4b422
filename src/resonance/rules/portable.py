"""The things that the two databases say in different words, each as one element with one meaning."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Select, Text, and_, column, literal, literal_column, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import BooleanClauseList
from sqlalchemy.sql.functions import FunctionElement

_WIDE = 8  # members of one level of an expression


class _Texts(FunctionElement[Any]):
    """A table of one column `value` from a JSON list of texts: one parameter, however many there are."""

    name = "texts"
    inherit_cache = True


class Code(FunctionElement[int]):
    """The code point of a text's first character."""

    name = "code"
    type = BigInteger()
    inherit_cache = True


class Thousandths(FunctionElement[int]):
    """A number that is not negative in thousandths, as a whole number: sums of those have no rounding."""

    name = "thousandths"
    type = BigInteger()
    inherit_cache = True


class _Tested(FunctionElement[Any]):
    """A value that SQLite shall not look up in an index."""

    name = "tested"
    inherit_cache = True


class _ByDialect(FunctionElement[Any]):
    """Two conditions of one meaning: for SQLite, for PostgreSQL.

    It has no type: compared with 1, as SQLAlchemy writes booleans for SQLite, it would lead to nothing.
    """

    name = "by_dialect"
    inherit_cache = True


class _Closed(FunctionElement[Any]):
    """A condition in brackets, which SQLAlchemy does not open again."""

    name = "closed"
    inherit_cache = True


def tested(column: Any) -> Any:
    """`column` to be compared row by row.

    SQLite, which does not know how much fits, would follow an index on it and fetch what may be most of the
    library out of order. PostgreSQL knows, and is left alone.
    """
    element = _Tested(column)
    element.type = column.type
    return element


@compiles(_Tested, "sqlite")
def _tested_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"+{compiler.process(element.clauses, **more)}"


@compiles(_Tested, "postgresql")
def _tested_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return str(compiler.process(element.clauses, **more))


@compiles(_Closed)
def _closed(element: Any, compiler: Any, **more: Any) -> str:
    return f"({compiler.process(element.clauses, **more)})"


@compiles(_ByDialect, "sqlite")
def _for_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"({compiler.process(element.clauses.clauses[0], **more)})"


@compiles(_ByDialect, "postgresql")
def _for_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"({compiler.process(element.clauses.clauses[1], **more)})"


@compiles(_Texts, "sqlite")
def _texts_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **more)})"


@compiles(_Texts, "postgresql")
def _texts_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **more)} AS json))"


@compiles(Code, "sqlite")
def _code_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"unicode({compiler.process(element.clauses, **more)})"


@compiles(Code, "postgresql")
def _code_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST(ascii({compiler.process(element.clauses, **more)}) AS bigint)"


@compiles(Thousandths, "sqlite")
def _thousandths_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **more)} * 1000.0 + 0.5 AS INTEGER)"


@compiles(Thousandths, "postgresql")
def _thousandths_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    inner = compiler.process(element.clauses, **more)
    return f"CAST(trunc({inner} * CAST(1000.0 AS float8) + CAST(0.5 AS float8)) AS bigint)"


def texts(values: Iterable[str]) -> Select[Any]:
    """A subquery for IN with any number of texts."""
    listed = literal(json.dumps(list(values)), Text())
    return select(column("value", Text())).select_from(_Texts(listed).table_valued("value"))


def joined(join: Callable[..., Any], parts: Sequence[Any]) -> Any:
    """`and_` or `or_` of many as a tree: SQLite takes a chain for as many levels, of which it reads 1000."""
    closed = [_Closed(part) if isinstance(part, BooleanClauseList) else part for part in parts]
    while len(closed) > _WIDE:
        starts = range(0, len(closed), _WIDE)
        closed = [_Closed(join(*closed[start : start + _WIDE])) for start in starts]
    return join(*closed)


def among(
    own: Any,
    keys: Select[Any],
    few: Sequence[Any] = (),
    *,
    turned: bool = False,
    each: bool = False,
) -> Any:
    """Whether the column `own` of the track is among the keys (`turned`: is not); never unknown.

    SQLite gathers the keys in order once, of `few` tracks alone where that is said, and looks each track up;
    or lets the keys of one question lead to the tracks. Where an index leads from a track to its keys
    (`each`), they are looked up there. PostgreSQL makes joins of EXISTS, and hashes it below OR; a NOT IN
    that does not fit into its memory it would go through for every track.
    """
    (key,) = keys.selected_columns
    one: Select[Any] = keys.with_only_columns(literal_column("1"), maintain_column_froms=True)
    exists: Any = one.where(key == own).correlate(own.table).exists()
    if turned:
        exists = ~exists
    if each and not few:
        return exists
    gathered = keys.where(*few)
    if turned:
        listed = or_(own.is_(None), own.not_in(gathered)) if own.nullable else own.not_in(gathered)
    else:
        listed = own.in_(gathered)
        listed = and_(own.is_not(None), listed) if own.nullable else listed
    return _ByDialect(listed, exists)
