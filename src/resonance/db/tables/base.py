"""Shared column forms. Ids are 22 characters; times are milliseconds since 1970 UTC (`*_at`)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Integer, MetaData, String, Text, text

# Binary order on PostgreSQL, so that both databases sort and compare folded names byte for byte.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")
ID = String(22).with_variant(String(22, collation="C"), "postgresql")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key() -> Column[str]:
    """The primary key `id`."""
    return Column("id", ID, primary_key=True)


def ref(name: str, target: str, *, null: bool = False, cascade: bool = True, **more: Any) -> Column[Any]:
    """A foreign key to `target`.id; rows go with their owner unless `cascade` is off (then SET NULL)."""
    rule = "CASCADE" if cascade else "SET NULL"
    return Column(name, ID, ForeignKey(f"{target}.id", ondelete=rule), nullable=null, **more)


def string(name: str, *, null: bool = False, **more: Any) -> Column[Any]:
    """Text in binary order. Not null and without default unless said."""
    return Column(name, TEXT, nullable=null, **more)


def integer(name: str, *, null: bool = False, **more: Any) -> Column[Any]:
    """A 32-bit number."""
    return Column(name, Integer, nullable=null, **more)


def big(name: str, *, null: bool = False, **more: Any) -> Column[Any]:
    """A 64-bit number: times, sizes, versions."""
    return Column(name, BigInteger, nullable=null, **more)


def real(name: str, *, null: bool = False, **more: Any) -> Column[Any]:
    """A double."""
    return Column(name, Float(53), nullable=null, **more)


def flag(name: str, *, default: bool = False) -> Column[Any]:
    """A boolean that starts as `default`."""
    return Column(name, Boolean, nullable=False, server_default=text("true" if default else "false"))


__all__ = ["ID", "TEXT", "big", "flag", "integer", "key", "metadata", "real", "ref", "string"]
