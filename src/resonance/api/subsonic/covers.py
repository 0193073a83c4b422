"""Handler: pictures.

Thumbnails are kept as WebP, which older apps cannot show; whoever does not ask for WebP gets JPEG.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from starlette.responses import Response

from resonance.api.pictures import REVALIDATED, picture_answer
from resonance.api.subsonic import store
from resonance.api.subsonic.call import Answer, Call
from resonance.api.subsonic.faults import not_found
from resonance.core.errors import NotFound
from resonance.library.artwork import Picture

LARGEST = 4096
QUALITY = 88


def get_cover_art(call: Call) -> Answer:
    """The picture of a cover, album, song, artist or playlist; as it lies in the library without `size`."""
    item = call.params.required("id")
    size = call.params.number("size", 0, high=LARGEST)
    for look in _looks(call, item, size):
        try:
            picture = look()
        except NotFound:
            continue
        return _answer(call, picture)
    raise not_found("Artwork")


def _looks(call: Call, item: str, size: int) -> Iterator[Callable[[], Picture]]:
    """Where the picture may be, the likeliest first."""
    artwork, caller = call.services.artwork, call.caller

    def cover(cover_id: str) -> Picture:
        return artwork.cover(caller, cover_id, size) if size else artwork.original(caller, cover_id)

    yield lambda: cover(item)
    yield lambda: artwork.artist_image(caller, item, size or LARGEST)
    with call.services.db.read(call.user_id) as uow:
        covers = store.covers_of(uow, caller, item)
    for cover_id in covers:
        yield lambda cover_id=cover_id: cover(cover_id)  # type: ignore[misc]
    yield lambda: artwork.playlist_cover(caller, item, size or LARGEST)


def _answer(call: Call, picture: Picture) -> Response:
    takes_webp = "image/webp" in call.request.headers.get("accept", "")
    if picture.media_type == "image/webp" and not takes_webp:
        picture = _jpeg(picture)
    answer = picture_answer(call.request, picture, REVALIDATED)
    answer.headers["Vary"] = "Accept"
    return answer


def _jpeg(picture: Picture) -> Picture:
    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(picture.data), formats=("WEBP",)) as image:
        image.convert("RGB").save(out, "JPEG", quality=QUALITY)
    return Picture(out.getvalue(), "image/jpeg", f"{picture.tag}-jpeg")
