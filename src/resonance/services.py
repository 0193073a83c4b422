"""Everything a surface may call, by name. Wiring builds each on first use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from resonance.accounts.accounts import Accounts
    from resonance.analysis.embedding import Embedding
    from resonance.analysis.listening import AudioModel
    from resonance.analysis.measuring import Sounds
    from resonance.analysis.mood_reading import Reader
    from resonance.analysis.run import Analyser
    from resonance.assistant.assistant import Assistant
    from resonance.core.events import EventHub
    from resonance.db.engine import Database
    from resonance.jobs.ports import JobRunner
    from resonance.library.artwork import Artwork
    from resonance.library.lyrics.finding import LyricsFinder
    from resonance.library.remote.bytes import RemoteBytes
    from resonance.library.remote.servers import Servers
    from resonance.library.scanning.scan import Scanner
    from resonance.library.sources import Libraries
    from resonance.listens.now_playing import NowPlaying
    from resonance.playback.fragments import Playback
    from resonance.playback.streams import Streams
    from resonance.playlists.shares import Shares
    from resonance.playlists.smart import SmartPlaylists
    from resonance.recommend.recommender import Recommender
    from resonance.search.hybrid import Hybrid
    from resonance.search.meaning.asking import Embedders
    from resonance.search.text import TextSearch
    from resonance.search.vectors.ports import VectorIndex
    from resonance.sets.proposing import Proposer
    from resonance.sets.sets import SetDesk


class Services(Protocol):
    """The table of contents of the service layer. Rooms without state are plain modules and not listed."""

    @property
    def db(self) -> Database: ...
    @property
    def events(self) -> EventHub: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def jobs(self) -> JobRunner: ...
    @property
    def streams(self) -> Streams: ...
    @property
    def playback(self) -> Playback: ...
    @property
    def artwork(self) -> Artwork: ...
    @property
    def shares(self) -> Shares: ...
    @property
    def search(self) -> TextSearch: ...
    @property
    def vectors(self) -> VectorIndex: ...
    @property
    def libraries(self) -> Libraries: ...
    @property
    def scanner(self) -> Scanner: ...
    @property
    def servers(self) -> Servers: ...
    @property
    def remote_bytes(self) -> RemoteBytes: ...
    @property
    def sounds(self) -> Sounds: ...
    @property
    def analyser(self) -> Analyser: ...
    @property
    def embedders(self) -> Embedders: ...
    @property
    def embedding(self) -> Embedding: ...
    @property
    def mood_reader(self) -> Reader | None: ...
    @property
    def audio_model(self) -> AudioModel | None: ...
    @property
    def hybrid(self) -> Hybrid: ...
    @property
    def recommend(self) -> Recommender: ...
    @property
    def smart(self) -> SmartPlaylists: ...
    @property
    def sets(self) -> SetDesk: ...
    @property
    def set_proposals(self) -> Proposer: ...
    @property
    def assistant(self) -> Assistant: ...
    @property
    def lyrics(self) -> LyricsFinder: ...
    @property
    def now_playing(self) -> NowPlaying: ...
