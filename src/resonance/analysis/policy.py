"""When the analysis may work: what an administrator decided, kept in one row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from resonance.core.clock import now_ms
from resonance.core.errors import Invalid
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import analysis_policy
from resonance.db.upsert import upsert

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """A part of the server's local day, in minutes, without its last one; it may run over midnight."""

    start: int
    end: int

    @classmethod
    def parse(cls, start: str, end: str) -> Hours:
        """From "23:00" and "06:00". Invalid for other texts, and when both are the same."""
        made = cls(_minute(start, "from"), _minute(end, "to"))
        if made.start == made.end:
            raise Invalid("The hours end when they begin. Leave them out to allow any time.", field="hours")
        return made

    def words(self) -> tuple[str, str]:
        """As people write them."""
        return _words(self.start), _words(self.end)

    def hold(self, minute: int) -> bool:
        """Whether this minute of the day lies within."""
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


@dataclass(frozen=True, slots=True)
class Policy:
    """`hours` None: at any time."""

    paused: bool = False
    hours: Hours | None = None

    def closed(self, now: datetime) -> str | None:
        """Why nothing may be done at this local time ("paused", "hours"); None when it may."""
        if self.paused:
            return "paused"
        if self.hours is not None and not self.hours.hold(now.hour * 60 + now.minute):
            return "hours"
        return None

    def opens_at(self, now: datetime) -> int | None:
        """When the hours begin next (ms), None when there are none or the analysis is paused."""
        if self.paused or self.hours is None:
            return None
        start = now.replace(
            hour=self.hours.start // 60, minute=self.hours.start % 60, second=0, microsecond=0
        )
        if start <= now:
            start += timedelta(days=1)
        return int(start.timestamp() * 1000)


def read(uow: UnitOfWork) -> Policy:
    """What counts now."""
    row = uow.execute(select(analysis_policy).where(analysis_policy.c.id == 1)).first()
    if row is None:
        return Policy()
    if row.from_minute is None or row.to_minute is None:
        return Policy(bool(row.paused))
    return Policy(bool(row.paused), Hours(row.from_minute, row.to_minute))


def write(uow: UnitOfWork, policy: Policy) -> None:
    """Put `policy` in place of what counted."""
    row = {
        "id": 1,
        "paused": policy.paused,
        "from_minute": policy.hours.start if policy.hours else None,
        "to_minute": policy.hours.end if policy.hours else None,
        "changed_at": now_ms(),
    }
    upsert(uow, analysis_policy, [row], keys=["id"], update=[name for name in row if name != "id"])


def _minute(text: str, field: str) -> int:
    hour, colon, minute = text.partition(":")
    plain = colon and len(hour) in (1, 2) and len(minute) == 2 and (hour + minute).isascii()
    if plain and (hour + minute).isdigit() and int(hour) < 24 and int(minute) < 60:
        return int(hour) * 60 + int(minute)
    raise Invalid("A time of day is written as 23:00.", field=f"hours.{field}")


def _words(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
