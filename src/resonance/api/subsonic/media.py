"""Handlers: bytes. The decision what to send is `playback.streams`', the HTTP of it `api.media`'s."""

from __future__ import annotations

from resonance.api.media import file_answer, passed_on_answer, transcode_answer
from resonance.api.subsonic.call import Answer, Call
from resonance.audio.transcode import TARGETS
from resonance.playback.remote import PassedOn
from resonance.playback.streams import File, Wanted

# What clients call formats, where it differs from the encoder's word.
_ALSO = {"ogg", "m4a"}
LATEST_S = 7 * 86_400


def stream(call: Call) -> Answer:
    """The file, or a transcode where a format, a bit rate or a time offset asks for one.

    A format that nobody encodes here means the file itself: clients name their own favourites.
    """
    form = (call.params.text("format") or "").lower() or None
    if form is not None and form != "raw" and form not in TARGETS and form not in _ALSO:
        form = None
    wanted = Wanted(
        format=form,
        max_kbps=call.params.number("maxBitRate", 0, high=10_000) or None,
        offset_s=float(call.params.number("timeOffset", 0, high=LATEST_S)),
    )
    opened = call.services.streams.open(call.caller, call.params.required("id"), wanted)
    if isinstance(opened, File):
        return file_answer(call.request, opened)
    if isinstance(opened, PassedOn):
        return passed_on_answer(call.request, opened)
    return transcode_answer(opened)


def download(call: Call) -> Answer:
    """The original file under the name "Artist - Title"."""
    song_id = call.params.required("id")
    source = call.services.streams.source(call.caller, song_id)
    opened = call.services.streams.open(call.caller, song_id, Wanted("raw"))
    if isinstance(opened, PassedOn):
        return passed_on_answer(call.request, opened, download_name=source.file_name)
    assert isinstance(opened, File)
    return file_answer(call.request, opened, download_name=source.file_name)
