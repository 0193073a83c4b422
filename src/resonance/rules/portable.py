"""The things that the two databases say in different words, each as one element with one meaning."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, Select, Text, column, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


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
