"""A playlist's own picture. Without one, surfaces show a mosaic of its tracks' covers."""

from __future__ import annotations

import io
import struct

from resonance.audio.facts import content_hash
from resonance.core.errors import Invalid
from resonance.core.events import EventBus
from resonance.db.engine import UnitOfWork
from resonance.library.artwork import Artwork
from resonance.model.caller import Caller
from resonance.model.playlist import PlaylistItem
from resonance.playlists import store
from resonance.playlists.playlists import Edit

MOST_BYTES = 8 * 2**20
MOST_PIXELS = 60_000_000  # decoding them takes 4 bytes each
KEPT_SIDE = 1400  # pixels


def prepared(artwork: Artwork, data: bytes) -> bytes:
    """A picture as it will be kept: decoded and made anew, so that nothing but pixels is left.

    Slow, so before the transaction. Invalid (field `file`, code bad_picture).
    """
    if not 0 < len(data) <= MOST_BYTES:
        raise Invalid(f"A picture has up to {MOST_BYTES >> 20} MB.", field="file", code="bad_picture")
    if _pixels(data) > MOST_PIXELS:
        told = f"A picture has up to {MOST_PIXELS // 1_000_000} megapixels."
        raise Invalid(told, field="file", code="bad_picture")
    try:
        return artwork.remade(data, KEPT_SIDE)
    except Invalid as fault:
        raise Invalid("This picture cannot be read.", field="file", code="bad_picture") from fault


def put(uow: UnitOfWork, events: EventBus, caller: Caller, playlist_id: str, picture: bytes) -> PlaylistItem:
    """Give a playlist this picture (one of `prepared`). Forbidden for others than its owner."""
    edit = Edit(uow, events, caller, playlist_id, None)
    store.put_cover(uow, playlist_id, content_hash(picture), picture, edit.at)
    return edit.done()


def remove(uow: UnitOfWork, events: EventBus, caller: Caller, playlist_id: str) -> PlaylistItem:
    """Back to the mosaic. Fine when there is no picture."""
    edit = Edit(uow, events, caller, playlist_id, None)
    store.remove_cover(uow, playlist_id)
    return edit.done()


def _pixels(data: bytes) -> int:
    """How many a picture says it has; 0 where that cannot be told."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.width * picture.height
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return MOST_PIXELS + 1
    except (OSError, ValueError, SyntaxError, struct.error):
        return 0
