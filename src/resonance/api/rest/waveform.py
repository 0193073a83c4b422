"""The shape of a track's sound."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request, Response
from msgspec import UNSET, Struct, UnsetType

from resonance.analysis import sound
from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import Responses, one
from resonance.playback import source as sources

router = APIRouter(tags=["playback"])
AWAY: Responses = {503: {"description": "There is no ffmpeg to measure with"}}


class Waveform(Struct, frozen=True, omit_defaults=True):
    """`state` "pending": it is being measured, and "sound.measured" on the socket says when it is done.

    `peaks` has about 1000 numbers, the loudest sample of each part of the track, 255 being full scale.
    Silences are in seconds at or below -60 dBFS. `reason` says why it failed.
    """

    state: Literal["ready", "pending", "failed"]
    peaks: list[int] | UnsetType = UNSET
    lead_silence_s: float | UnsetType = UNSET
    trail_silence_s: float | UnsetType = UNSET
    reason: str | UnsetType = UNSET


@router.get("/tracks/{track_id}/waveform", responses={**one(Waveform), 202: one(Waveform)[200], **AWAY})
def get_waveform(request: Request, caller: CallerDep, track_id: str) -> Response:
    """The waveform of a track; measured at the first request for it."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        source = sources.find(uow, caller, track_id)
        known = sound.known(uow, source.carrier_id, sound.etag_of(source.size, source.mtime_ns))
    if known is not None and known.peaks is not None:
        return answer(
            Waveform("ready", list(known.peaks), known.lead_silence_s or 0.0, known.trail_silence_s or 0.0)
        )
    if known is not None and known.problem is not None:
        return answer(Waveform("failed", reason=known.problem))
    built.sounds.program()
    with built.db.write(caller.user_id) as uow:
        sound.request(uow, built.jobs, track_id, source.carrier_id)
    return answer(Waveform("pending"), 202)
