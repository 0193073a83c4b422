"""The only place that knows which adapter stands behind which port."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from resonance.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from resonance.accounts.accounts import Accounts
    from resonance.accounts.ports import IdentityProvider
    from resonance.adapters.ollama.client import OllamaClient
    from resonance.analysis.embedding import Embedding
    from resonance.analysis.listening import AudioModel
    from resonance.analysis.measuring import Sounds
    from resonance.analysis.mood_reading import Reader
    from resonance.analysis.run import Analyser
    from resonance.assistant.assistant import Assistant
    from resonance.assistant.ports import Planner
    from resonance.core.events import EventHub
    from resonance.db.engine import Database
    from resonance.jobs.ports import JobRunner
    from resonance.library.artwork import Artwork
    from resonance.library.lyrics.finding import LyricsFinder
    from resonance.library.ports import LyricsProvider
    from resonance.library.remote.bytes import RemoteBytes
    from resonance.library.remote.servers import Servers
    from resonance.library.scanning.scan import Scanner
    from resonance.library.sources import Libraries
    from resonance.listens.now_playing import NowPlaying
    from resonance.playback.fragments import Playback
    from resonance.playback.places import Places
    from resonance.playback.streams import Streams
    from resonance.playlists.shares import Shares
    from resonance.playlists.smart import SmartPlaylists
    from resonance.recommend.likeness import Likeness
    from resonance.recommend.recommender import Recommender
    from resonance.search.hybrid import Hybrid
    from resonance.search.meaning.asking import Embedders
    from resonance.search.text import TextSearch
    from resonance.search.vectors.ports import VectorIndex
    from resonance.sets.proposing import Proposer
    from resonance.sets.sets import SetDesk

# The analysis of a big library may hold one of them for days, a scan another for an hour.
_JOB_THREADS = 3


class Wiring:
    """Builds each service on first use, importing its adapter then: commands start lean."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def db(self) -> Database:
        """The migrated database."""
        from resonance.db import migrate
        from resonance.db.engine import Database

        self.settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        database = Database(self.settings.effective_database_url)
        migrate.upgrade(database)
        return database

    @cached_property
    def events(self) -> EventHub:
        """Where news is published."""
        if self.settings.redis_url is not None:
            from resonance.adapters.redis_bus import redis_bus

            return redis_bus(self.settings.redis_url.get_secret_value())
        if not self.db.is_sqlite:
            from resonance.adapters.pg_bus import pg_bus

            return pg_bus(self.db.libpq_url)
        from resonance.adapters.memory_bus import MemoryBus

        return MemoryBus()

    @cached_property
    def accounts(self) -> Accounts:
        """People and their credentials."""
        from resonance.accounts import secrets
        from resonance.accounts.accounts import Accounts
        from resonance.accounts.rate_limits import RateLimits

        given, redis = self.settings.jwt_secret, self.settings.redis_url
        keys = secrets.load(given.get_secret_value() if given else None, self.settings.data_dir)
        return Accounts(
            self.db,
            keys,
            self.events,
            self.settings.data_dir,
            limits=RateLimits(redis.get_secret_value() if redis else None),
            provider=self.identity_provider,
            oidc_create_users=self.settings.oidc_create_users,
        )

    @cached_property
    def identity_provider(self) -> IdentityProvider | None:
        """The OpenID Connect issuer, where one is set."""
        settings = self.settings
        if settings.oidc_issuer is None or settings.oidc_client_id is None:
            return None
        from resonance.adapters.oidc import OidcProvider

        secret = settings.oidc_client_secret
        clear = secret.get_secret_value() if secret else None
        return OidcProvider(settings.oidc_issuer, settings.oidc_client_id, clear, settings.oidc_label)

    @cached_property
    def jobs(self) -> JobRunner:
        """Where work is queued; it works once started."""
        if not self.db.is_sqlite:
            from resonance.adapters.procrastinate_jobs import ProcrastinateJobs, prepare

            prepare(self.db)
            return ProcrastinateJobs(self.db, self.events, threads=_JOB_THREADS)
        from resonance.adapters.sqlite_jobs import SqliteJobs

        return SqliteJobs(self.db, self.events, threads=_JOB_THREADS)

    @cached_property
    def places(self) -> Places:
        """How many encoders each user runs, whichever surface started them."""
        from resonance.playback.places import Places

        return Places(self.settings.transcodes_per_user)

    @cached_property
    def streams(self) -> Streams:
        """Files and transcodes."""
        from resonance.playback.streams import Streams
        from resonance.playback.transcode_cache import TranscodeCache

        cache = TranscodeCache(
            self.settings.data_dir / "cache" / "transcodes", self.settings.transcode_cache_mb * 2**20
        )
        remote = lambda: self.remote_bytes  # noqa: E731 - built when the first such song is played
        return Streams(self.db, cache, self.places, self.settings.ffmpeg_path, remote=remote)

    @cached_property
    def shares(self) -> Shares:
        """Links to playlists."""
        from resonance.playlists.shares import Shares

        key = self.accounts.keys.derive("shares")
        return Shares(self.db, key, self.accounts.passwords)

    @cached_property
    def playback(self) -> Playback:
        """Tracks as fragments for the player."""
        from resonance.playback.fragment_cache import FragmentCache
        from resonance.playback.fragments import Playback

        cache = FragmentCache(
            self.settings.data_dir / "cache" / "fragments", self.settings.fragment_cache_mb * 2**20
        )
        remote = lambda: self.remote_bytes  # noqa: E731 - built when the first such song is played
        return Playback(self.db, cache, self.places, self.settings.ffmpeg_path, remote=remote)

    @cached_property
    def search(self) -> TextSearch:
        """Names to ids, over the text index of the database in use."""
        from resonance.search.engine import IndexedSearch

        if self.db.is_sqlite:
            from resonance.adapters.fts5 import Fts5Index

            return IndexedSearch(Fts5Index())
        from resonance.adapters.pg_text import PgTextIndex

        return IndexedSearch(PgTextIndex())

    @cached_property
    def vectors(self) -> VectorIndex:
        """What is near what."""
        if not self.db.is_sqlite:
            from resonance.adapters.pgvector import PgVectors, prepare

            if prepare(self.db):
                return PgVectors(self.db)
        from resonance.adapters.memory_vectors import MemoryVectors

        return MemoryVectors()

    @cached_property
    def artwork(self) -> Artwork:
        """Thumbnails and originals of covers."""
        from resonance.library.artwork import Artwork
        from resonance.library.artwork.cache import ArtworkCache

        cache = ArtworkCache(
            self.settings.data_dir / "cache" / "artwork", self.settings.artwork_cache_mb * 2**20
        )
        return Artwork(self.db, cache, lambda server, album: self.remote_bytes.cover(server, album))

    @cached_property
    def libraries(self) -> Libraries:
        """The folders that music comes from."""
        from resonance.library.sources import Libraries

        return Libraries(self.settings.data_dir, self.search)

    @cached_property
    def scanner(self) -> Scanner:
        """Brings the catalogue in step with a library's folder."""
        from resonance.library.scanning.scan import Scanner

        settings = self.settings
        return Scanner(
            self.db,
            self.events,
            self.search,
            workers=settings.scan_workers,
            ignored_articles=settings.ignored_articles,
        )

    @cached_property
    def servers(self) -> Servers:
        """Music servers and the accounts on them."""
        from resonance import __version__
        from resonance.adapters.navidrome import Connector
        from resonance.library.remote.servers import Servers

        return Servers(
            *(self.db, self.events, self.search, self.libraries),
            lambda: self.accounts.vault,
            Connector(__version__),
            ignored_articles=self.settings.ignored_articles,
        )

    @cached_property
    def remote_bytes(self) -> RemoteBytes:
        """The bytes of songs that lie on servers."""
        from resonance.library.remote.bytes import RemoteBytes

        folder = self.settings.data_dir / "cache" / "remote"
        return RemoteBytes(self.db, lambda: self.servers, folder, self.settings.remote_cache_mb * 2**20)

    @cached_property
    def sounds(self) -> Sounds:
        """Measures the sound of files."""
        from resonance.analysis.measuring import Sounds

        ffmpeg = self.settings.ffmpeg_path
        return Sounds(self.db, self.events, str(ffmpeg) if ffmpeg else None, fetch=self._fetch_song)

    @cached_property
    def analyser(self) -> Analyser:
        """Measures what the library sounds like."""
        from resonance.analysis.run import Analyser, default_workers
        from resonance.audio.ear.pool import Pool

        name, enabled = self.settings.analyser, self.settings.analysis
        workers = self.settings.analysis_workers or default_workers()
        hire = partial(Pool, analyser=name)
        return Analyser(
            *(self.db, self.events, lambda: self.vectors, hire, workers),
            enabled=enabled,
            analyser=name,
            fetch=self._fetch_song,
        )

    def _fetch_song(self, carrier_id: str, cancelled: Callable[[], bool]) -> Path:
        """A song of a music server as a file."""
        return self.remote_bytes.file(carrier_id, cancelled=cancelled)

    @cached_property
    def embedders(self) -> Embedders:
        """Who turns words into vectors."""
        from resonance.search.meaning.asking import Embedders

        settings = self.settings
        if settings.text_model_manifest is not None:
            from resonance.adapters.onnx_embedder import OnnxEmbedder

            return Embedders(OnnxEmbedder(settings.text_model_manifest))
        if self.ollama is not None and settings.ollama_embed_model:
            from resonance.adapters.ollama import OllamaEmbedder

            return Embedders(OllamaEmbedder(self.ollama, settings.ollama_embed_model))
        return Embedders()

    @cached_property
    def mood_reader(self) -> Reader | None:
        """The language model that reads moods, where one is set."""
        if self.ollama is None or not self.settings.ollama_chat_model:
            return None
        from resonance.adapters.ollama import OllamaReader

        return OllamaReader(self.ollama, self.settings.ollama_chat_model)

    @cached_property
    def audio_model(self) -> AudioModel | None:
        """The model that hears moods, where one is set."""
        if self.settings.audio_model_manifest is None:
            return None
        from resonance.adapters.onnx_audio import OnnxAudio

        return OnnxAudio(self.settings.audio_model_manifest)

    @cached_property
    def ollama(self) -> OllamaClient | None:
        """The server of language models, where one is set."""
        if self.settings.ollama_url is None:
            return None
        from resonance.adapters.ollama.client import OllamaClient

        return OllamaClient(self.settings.ollama_url)

    @cached_property
    def embedding(self) -> Embedding:
        """Keeps the vectors of words in step with the library."""
        from resonance.analysis.embedding import Embedding

        return Embedding(self.db, self.vectors, self.embedders)

    @cached_property
    def hybrid(self) -> Hybrid:
        """Tracks by name, meaning and conditions."""
        from resonance.search.hybrid import Hybrid

        return Hybrid(self.search, self.vectors)

    @cached_property
    def recommend(self) -> Recommender:
        """What goes with what."""
        from resonance.recommend.recommender import Recommender

        return Recommender(self.db, self.vectors)

    @cached_property
    def smart(self) -> SmartPlaylists:
        """Playlists that follow a rule."""
        from resonance.playlists.smart import SmartPlaylists

        return SmartPlaylists(self.db, self.events, self.likeness)

    @cached_property
    def likeness(self) -> Likeness:
        """What sounds like what, for rules."""
        from resonance.recommend.likeness import Likeness

        return Likeness(lambda: self.vectors, lambda: self.hybrid, lambda: self.embedders)

    @cached_property
    def sets(self) -> SetDesk:
        """DJ sets."""
        from resonance.sets.sets import SetDesk

        return SetDesk(self.events, self.vectors, self.likeness)

    @cached_property
    def set_proposals(self) -> Proposer:
        """What is proposed for DJ sets."""
        from resonance.sets.proposing import Proposer

        return Proposer(self.sets, self.vectors, self.likeness)

    @cached_property
    def assistant(self) -> Assistant:
        """Sentences into lists."""
        from resonance.assistant.assistant import Assistant

        planner: Planner | None = None
        if self.ollama is not None and self.settings.ollama_chat_model:
            from resonance.adapters.ollama import OllamaPlanner

            planner = OllamaPlanner(self.ollama, self.settings.ollama_chat_model)
        return Assistant(
            self.db,
            lambda: self.hybrid,
            planner,
            lambda: self.smart,
            self.events,
            embedders=lambda: self.embedders,
        )

    @cached_property
    def lyrics(self) -> LyricsFinder:
        """Looks for the words of tracks where a lyrics service is set."""
        from resonance.library.lyrics.finding import LyricsFinder

        provider: LyricsProvider | None = None
        if self.settings.lrclib_url is not None:
            from resonance import __version__
            from resonance.adapters.lrclib import Lrclib

            provider = Lrclib(self.settings.lrclib_url, __version__)
        return LyricsFinder(self.db, self.events, provider)

    @cached_property
    def now_playing(self) -> NowPlaying:
        """Who listens to what at this moment."""
        from resonance.listens.now_playing import NowPlaying

        return NowPlaying(self.events)

    def close(self) -> None:
        """Give everything back that was built."""
        first = ("set_proposals", "vectors", "ollama", "playback", "accounts", "lyrics")
        for name in (*first, "remote_bytes", "events", "db"):
            built = self.__dict__.get(name)
            if built is not None:
                built.close()


def for_command() -> Wiring:
    """The services of a command line run: settings read, logs at warnings unless asked for more."""
    from resonance import settings as configuration
    from resonance.core import logs

    settings = configuration.load()
    logs.configure(settings.log_format, "warning" if settings.log_level == "info" else settings.log_level)
    return Wiring(settings)
