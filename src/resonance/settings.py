"""Settings: environment first, then an optional TOML file, then defaults. Read only by wiring."""

from __future__ import annotations

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from resonance.audio.ear.versions import essentia_installed


def _split(value: Any) -> Any:
    """ "a, b" and ["a", "b"] mean the same."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]


def _default_data_dir() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    return Path(base) / "resonance"


class Settings(BaseSettings):
    """Everything that can be set from outside. docs/settings.md is generated from these fields."""

    model_config = SettingsConfigDict(extra="ignore", validate_default=True, hide_input_in_errors=True)

    music_library_path: Path | None = Field(
        None, description="Folder with your music. Becomes the first library."
    )
    data_dir: Path = Field(
        default_factory=_default_data_dir, description="Where the database, secrets and caches are kept."
    )
    host: str = Field("0.0.0.0", description="Address to listen on; 127.0.0.1 keeps it on this machine.")
    port: int = Field(8080, ge=1, le=65535, description="Port to listen on.")
    base_url: str = Field(
        "/",
        description="Public address or sub-path behind a reverse proxy, such as /music or https://example.org/music.",
    )
    database_url: SecretStr | None = Field(
        None, description="PostgreSQL URL. Without it an SQLite file in DATA_DIR is used."
    )
    redis_url: SecretStr | None = Field(
        None, description="Redis for events and rate limits shared by several processes."
    )
    jwt_secret: SecretStr | None = Field(
        None,
        description="Key for sign-in tokens and stored secrets, at least 32 characters. Made and kept in DATA_DIR when absent.",
    )
    log_format: Literal["auto", "json", "console"] = Field(
        "auto", description="auto: readable in a terminal, JSON elsewhere."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least severity that is logged."
    )
    trusted_proxies: Words = Field(
        (), description="Comma-separated addresses or networks whose X-Forwarded-* headers are believed."
    )
    cors_origins: Words = Field(
        (), description="Comma-separated origins of other web apps that may call the API."
    )
    scan_interval_minutes: int = Field(60, ge=0, description="Time between rescans; 0 turns the timer off.")
    scan_workers: int = Field(
        0, ge=0, le=64, description="Processes that read tags; 0 chooses by the number of cores."
    )
    analysis: bool = Field(True, description="Measure tempo, key, loudness and timbre of the music.")
    analysis_workers: int = Field(
        0, ge=0, le=64, description="Processes that analyse; 0 leaves one core to the server."
    )
    analyser: Literal["resonance", "essentia"] = Field(
        "resonance",
        description="Who hears tempo, key and danceability. essentia needs the extra of that name; what is measured already stays until it is measured again.",
    )
    watch_folders: bool = Field(True, description="Rescan soon after files change.")
    ignored_articles: Words = Field(
        ("The", "El", "La", "Los", "Las", "Le", "Les", "Der", "Die", "Das", "A", "An"),
        description="Leading words ignored in sorting.",
    )
    ffmpeg_path: Path | None = Field(
        None, description="ffmpeg to use; else the system's, else imageio-ffmpeg's."
    )
    transcode_cache_mb: int = Field(
        2048, ge=0, description="Bound of the cache of finished transcodes, in MiB."
    )
    fragment_cache_mb: int = Field(
        2048, ge=64, description="Bound of the cache of fragments encoded for the web player, in MiB."
    )
    remote_cache_mb: int = Field(
        4096, ge=256, description="Bound of the cache of songs fetched from music servers, in MiB."
    )
    sync_interval_minutes: int = Field(
        15, ge=0, description="Time between syncs with music servers; 0 turns the timer off."
    )
    artwork_cache_mb: int = Field(1024, ge=0, description="Bound of the cache of thumbnails, in MiB.")
    transcodes_per_user: int = Field(3, ge=1, le=64, description="Transcodes one user may run at a time.")
    oidc_issuer: str | None = Field(
        None, description="OpenID Connect issuer; with client id and secret it adds a sign-in button."
    )
    oidc_client_id: str | None = Field(None, description="Client id at the issuer.")
    oidc_client_secret: SecretStr | None = Field(None, description="Client secret at the issuer.")
    oidc_label: str = Field("Single sign-on", description="Text of the sign-in button.")
    oidc_create_users: bool = Field(False, description="Make an account at a person's first OIDC sign-in.")
    lrclib_url: str | None = Field(
        None,
        description="Lyrics service to ask for words of tracks that have none, such as https://lrclib.net. Unset: nothing is asked; set: names and lengths of played tracks are sent there.",
    )
    ollama_url: str | None = Field(
        None,
        description="Ollama server for search by description, such as http://127.0.0.1:11434. Set: names, tags, lyrics and searches are sent there. See models.md.",
    )
    ollama_embed_model: str = Field(
        "nomic-embed-text", description="Ollama's model for vectors of texts; empty for none."
    )
    ollama_chat_model: str = Field(
        "", description="Ollama's language model that reads moods and requests for playlists; empty for none."
    )
    text_model_manifest: Path | None = Field(
        None, description="Manifest of an ONNX sentence model; goes before Ollama's. See models.md."
    )
    audio_model_manifest: Path | None = Field(
        None,
        description="Manifest of an ONNX model of sound and text, for moods and search by sound. See models.md.",
    )
    graphql_explorer: bool = Field(False, description="Serve a self-hosted GraphQL explorer at /graphql.")
    metrics_token: SecretStr | None = Field(
        None, description="Bearer token for /metrics. Without it only loopback may read them."
    )

    @field_validator("music_library_path", "ffmpeg_path", "text_model_manifest", "audio_model_manifest")
    @classmethod
    def _exists(cls, path: Path | None) -> Path | None:
        if path is not None and not path.expanduser().exists():
            raise ValueError(f"{path} does not exist")
        return path.expanduser().absolute() if path else None

    @field_validator("analyser")
    @classmethod
    def _installed(cls, name: str) -> str:
        if name == "essentia" and not essentia_installed():
            raise ValueError("essentia is not installed (pip install 'resonance[essentia]')")
        return name

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path.expanduser().absolute()

    @field_validator("base_url")
    @classmethod
    def _base(cls, text: str) -> str:
        if not text.startswith(("/", "http://", "https://")):
            raise ValueError("must be a path such as /music or an address such as https://example.org/music")
        return text.rstrip("/") + "/"

    @field_validator("ollama_url")
    @classmethod
    def _ollama_address(cls, text: str | None) -> str | None:
        if text and not text.startswith(("http://", "https://")):
            raise ValueError("must be an address such as http://127.0.0.1:11434")
        return text or None

    @field_validator("lrclib_url")
    @classmethod
    def _web_address(cls, text: str | None) -> str | None:
        if text and not text.startswith(("http://", "https://")):
            raise ValueError("must be an address such as https://lrclib.net")
        return text or None

    @field_validator("jwt_secret")
    @classmethod
    def _long_enough(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and len(secret.get_secret_value()) < 32:
            raise ValueError("must have at least 32 characters")
        return secret

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not url.get_secret_value().startswith(("postgresql", "postgres:", "sqlite:")):
            raise ValueError("must start with postgresql:// or sqlite:///")
        return url

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        for word in words:
            ip_network(word, strict=False)
        return words

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment over file; RESONANCE_CONFIG names the TOML file."""
        path = os.environ.get("RESONANCE_CONFIG")
        toml = (TomlConfigSettingsSource(settings_cls, Path(path)),) if path else ()
        return (init_settings, env_settings, *toml)

    @property
    def base_path(self) -> str:
        """The path part of base_url, "" at the root, else without trailing slash."""
        _, _, rest = self.base_url.partition("://")
        path = "/" + rest.partition("/")[2] if rest else self.base_url
        return path.rstrip("/")

    @property
    def effective_database_url(self) -> str:
        """Where tables live."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'resonance.db'}"


class SettingsFault(Exception):
    """One or more settings are wrong; `faults` has a line for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def load(**overrides: Any) -> Settings:
    """Read the settings; SettingsFault lists every fault at once."""
    path = os.environ.get("RESONANCE_CONFIG")
    if path and not Path(path).is_file():
        raise SettingsFault([f"RESONANCE_CONFIG: {path} is not a file"])
    try:
        return Settings(**overrides)
    except ValidationError as fault:
        lines = [
            f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg'].removeprefix('Value error, ')}"
            for e in fault.errors()
        ]
        raise SettingsFault(lines) from None
    except ValueError as fault:  # a TOML file that does not parse
        raise SettingsFault([f"RESONANCE_CONFIG: {fault}"]) from None
