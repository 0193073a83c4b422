"""Handler: pictures. Older apps cannot show WebP, so whoever does not ask for it gets JPEG."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from resonance.api.pictures import REVALIDATED, picture_answer
from resonance.api.subsonic import store
from resonance.api.subsonic.call import Answer, Call
from resonance.api.subsonic.faults import not_found
from resonance.audio.covers import Kind
from resonance.core.errors import NotFound
from resonance.library.artwork import Picture

LARGEST = 4096


def get_cover_art(call: Call) -> Answer:
    """The picture of a cover, album, song, artist or playlist; as it lies in the library without `size`."""
    item = call.params.required("id")
    size = call.params.number("size", 0, high=LARGEST)
    for look in _looks(call, item, size):
        try:
            picture = look()
        except NotFound:
            continue
        answer = picture_answer(call.request, picture, REVALIDATED)
        answer.headers["Vary"] = "Accept"
        return answer
    raise not_found("Artwork")


def _looks(call: Call, item: str, size: int) -> Iterator[Callable[[], Picture]]:
    """Where the picture may be, the likeliest first."""
    artwork, caller = call.services.artwork, call.caller
    kind: Kind = "webp" if "image/webp" in call.request.headers.get("accept", "") else "jpeg"

    def cover(cover_id: str) -> Picture:
        if not size:
            original = artwork.original(caller, cover_id)
            if original.media_type != "image/webp" or kind == "webp":
                return original
        return artwork.cover(caller, cover_id, size or LARGEST, kind)

    yield lambda: cover(item)
    yield lambda: artwork.artist_image(caller, item, size or LARGEST, kind)
    with call.services.db.read(call.user_id) as uow:
        covers = store.covers_of(uow, caller, item)
    for cover_id in covers:
        yield lambda cover_id=cover_id: cover(cover_id)  # type: ignore[misc]
    yield lambda: artwork.playlist_cover(caller, item, size or LARGEST, kind)
