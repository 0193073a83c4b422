"""The process that arranges: its search would hold Python's lock, and with it everybody's requests."""

from __future__ import annotations

import contextlib
import os
import signal
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from resonance.core.errors import Invalid

if TYPE_CHECKING:
    from resonance.sequencing.items import Arrangement, Request

STOP = "stop"


@dataclass(frozen=True, slots=True)
class Told:
    """How far it is: share 0..1, the best cost so far, and that order by ids."""

    share: float
    cost: int
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no answer."""

    code: str
    detail: str
    field: str | None = None


def work(pipe: Connection, niceness: int) -> None:
    """The life of a child: requests, one after the other, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(OSError):
        os.nice(niceness)
    with contextlib.suppress(EOFError, OSError):
        while True:
            request = pipe.recv()
            if request != STOP:  # one that came too late
                pipe.send(_arranged(pipe, request))


def _arranged(pipe: Connection, request: Request) -> Arrangement | Fault:
    from resonance.sequencing.arrange import arrange

    stopped = False

    def cancelled() -> bool:
        nonlocal stopped
        if not stopped and pipe.poll():
            stopped = pipe.recv() == STOP
        return stopped

    def told(share: float, cost: int, order: tuple[str, ...]) -> None:
        pipe.send(Told(share, cost, order))

    try:
        return arrange(request, cancelled=cancelled, best=told)
    except Invalid as fault:
        return Fault(fault.code, fault.message, fault.field)
    except Exception as fault:  # noqa: BLE001 - the edge of the process
        traceback.print_exc()
        return Fault("error", f"The search failed: {type(fault).__name__}.")
