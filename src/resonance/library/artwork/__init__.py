"""Pictures to show: thumbnails of covers and artists, originals, playlist mosaics.

Thumbnails are made at the first request and kept by the content they were made from. The methods open the
database themselves and only to look up where a picture lies; nothing is held while it is decoded.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass

from resonance.audio import covers
from resonance.audio.covers import Kind
from resonance.audio.raw import image_mime
from resonance.core.errors import Invalid, NotFound
from resonance.core.logs import logger
from resonance.db.engine import Database
from resonance.library.artwork import sources as artwork_sources
from resonance.library.artwork import store as artwork_store
from resonance.library.artwork.cache import ArtworkCache
from resonance.library.artwork.sources import Source
from resonance.model.caller import Caller

log = logger(__name__)

SIZES = (96, 320, 960)  # pixels of the longer side
DECODES_AT_ONCE = 2  # a large picture takes a core and some 100 MB for a moment
_MOSAIC_SIDE = 2
_MOST_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Picture:
    """Bytes to answer with. `tag` names exactly these bytes (an ETag without quotes)."""

    data: bytes
    media_type: str
    tag: str


def fitting(size: int) -> int:
    """The size we make that is at least `size` pixels, else the largest."""
    return next((made for made in SIZES if made >= size), SIZES[-1])


class Artwork:
    """Pictures for callers. Everything a caller may not see is NotFound, as is what cannot be shown."""

    def __init__(self, db: Database, cache: ArtworkCache, fetch: artwork_sources.Fetch | None = None) -> None:
        self._db = db
        self._fetch = fetch
        self._cache = cache
        self._decoding = threading.BoundedSemaphore(DECODES_AT_ONCE)
        self._broken: dict[str, None] = {}  # contents without a row of their own that could not be decoded

    def cover(self, caller: Caller, cover_id: str, size: int, kind: Kind = "webp") -> Picture:
        """A cover that fits `size` (rounded up to one of SIZES)."""
        source = self._cover_source(caller, cover_id)
        try:
            return self._thumbnail(source, fitting(size), kind)
        except Invalid as fault:
            self._remember_problem(cover_id, fault)
            raise NotFound("This cover cannot be shown.") from fault

    def original(self, caller: Caller, cover_id: str) -> Picture:
        """A cover as it lies in the library."""
        source = self._cover_source(caller, cover_id)
        try:
            return self._original(source)
        except Invalid as fault:
            self._remember_problem(cover_id, fault)
            raise NotFound("This cover cannot be shown.") from fault

    def artist_image(self, caller: Caller, artist_id: str, size: int, kind: Kind = "webp") -> Picture:
        """An artist's picture that fits `size`."""
        with self._db.read(caller.user_id) as uow:
            source = artwork_store.artist_source(uow, caller, artist_id)
        if source is None or source.content_hash in self._broken:
            raise NotFound("This artist has no picture.")
        try:
            return self._thumbnail(source, fitting(size), kind)
        except Invalid as fault:
            if len(self._broken) >= _MOST_REMEMBERED:
                self._broken.clear()
            self._broken[source.content_hash] = None
            raise NotFound("This artist's picture cannot be shown.") from fault

    def playlist_cover(self, caller: Caller, playlist_id: str, size: int, kind: Kind = "webp") -> Picture:
        """A playlist's own picture, else its first four different covers as a mosaic, or its only one."""
        count = _MOSAIC_SIDE**2
        with self._db.read(caller.user_id) as uow:
            own = artwork_store.playlist_own(uow, caller, playlist_id)
        if own is not None:
            return self.of_bytes(*own, size, kind)
        with self._db.read(caller.user_id) as uow:
            ids = artwork_store.playlist_covers(uow, caller, playlist_id, 3 * count)
            found = [artwork_store.cover_source(uow, caller, cover_id) for cover_id in ids or ()]
        sources = [source for source, problem in (one for one in found if one) if problem is None]
        size = fitting(size)
        tiles: list[Picture] = []
        for source in sources:
            try:
                side = size if len(sources) < count else fitting(size // _MOSAIC_SIDE)
                tiles.append(self._thumbnail(source, side, kind))
            except (Invalid, NotFound):
                continue
            if len(tiles) == count:
                return self._mosaic(tiles, size, kind)
        if not tiles:
            raise NotFound("This playlist has no cover.")
        return tiles[0]

    def of_bytes(self, content_hash: str, data: bytes, size: int, kind: Kind = "webp") -> Picture:
        """A picture that lies in the database, fitting `size`. Raises Invalid as covers.thumbnail."""
        size = fitting(size)
        return self._made(f"{content_hash}-{size}", kind, lambda: covers.thumbnail(data, size, kind))

    def remade(self, data: bytes, size: int) -> bytes:
        """A picture that somebody sent, decoded and written anew as WebP. Invalid (code bad_picture)."""
        with self._decoding:
            return covers.thumbnail(data, size, "webp")

    def colours(self, source: Source) -> tuple[str, str]:
        """Palette (JSON) and placeholder (data URL) of a picture. Raises Invalid or NotFound."""
        import msgspec

        data = artwork_sources.read(source, self._fetch)
        with self._decoding:
            return msgspec.json.encode(covers.palette(data).as_json()).decode(), covers.placeholder(data)

    def _cover_source(self, caller: Caller, cover_id: str) -> Source:
        with self._db.read(caller.user_id) as uow:
            found = artwork_store.cover_source(uow, caller, cover_id)
        if found is None:
            raise NotFound("There is no such cover.")
        source, problem = found
        if problem is not None:
            raise NotFound("This cover cannot be shown.")
        return source

    def _original(self, source: Source) -> Picture:
        data = artwork_sources.read(source, self._fetch)
        mime = image_mime(data)
        if mime is None:
            raise Invalid("The file is no picture of a known kind.", code="bad_picture")
        return Picture(data, mime, source.content_hash)

    def _thumbnail(self, source: Source, size: int, kind: Kind) -> Picture:
        return self._made(
            f"{source.content_hash}-{size}",
            kind,
            lambda: covers.thumbnail(artwork_sources.read(source, self._fetch), size, kind),
        )

    def _mosaic(self, tiles: list[Picture], size: int, kind: Kind) -> Picture:
        names = hashlib.sha256(" ".join(tile.tag for tile in tiles).encode()).hexdigest()[:32]
        return self._made(
            f"{names}-mosaic-{size}", kind, lambda: mosaic([tile.data for tile in tiles], size, kind)
        )

    def _made(self, key: str, kind: Kind, make: Callable[[], bytes]) -> Picture:
        data = self._cache.get(key, kind)
        if data is None:
            with self._decoding:
                data = self._cache.get(key, kind)  # somebody else may have made it while we waited
                if data is None:
                    data = make()
                    self._cache.put(key, data, kind)
        return Picture(data, f"image/{kind}", key if kind == "webp" else f"{key}-{kind}")

    def _remember_problem(self, cover_id: str, fault: Invalid) -> None:
        log.warning("cover.broken", cover_id=cover_id, reason=fault.message)
        with self._db.write() as uow:
            artwork_store.set_problem(uow, cover_id, fault.message)


def mosaic(tiles: list[bytes], size: int, kind: Kind = "webp") -> bytes:
    """Four pictures as one square, each cut to a square about its middle."""
    import io

    from PIL import Image, ImageOps

    side = size // _MOSAIC_SIDE
    whole = Image.new("RGB", (side * _MOSAIC_SIDE, side * _MOSAIC_SIDE))
    for number, data in enumerate(tiles):
        with Image.open(io.BytesIO(data), formats=("WEBP", "JPEG")) as tile:
            square = ImageOps.fit(tile.convert("RGB"), (side, side))
        whole.paste(square, (number % _MOSAIC_SIDE * side, number // _MOSAIC_SIDE * side))
    return covers.encoded(whole, kind)
