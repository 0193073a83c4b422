"""Every tier of every kind of file: put together again it is the music, to the sample."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from resonance.db.engine import Database
from resonance.model.caller import Caller
from tests.rooms.playback_kit import KINDS, Player, heard, lag

pytestmark = pytest.mark.sqlite_only("the database only says where the bytes are")
SECONDS = 8.7654
DECODER_DELAY = 529  # of MP3; browsers take it away, ffmpeg leaves it in a stream without a tag


@pytest.fixture
def player(database: Database, admin: Caller, tmp_path: Path) -> Iterator[Player]:
    made = Player.of(database, admin, tmp_path)
    yield made
    made.playback.close()


@pytest.mark.parametrize("name", KINDS)
def test_flac_is_exact(player: Player, name: str) -> None:
    kind = KINDS[name]
    track = player.add(f"a.{kind.suffix}", kind, SECONDS)
    manifest, tier = player.manifest(track), player.tier(track, "flac")
    wanted = heard(player.root / f"a.{kind.suffix}", kind)
    if tier.bit_depth == 16:  # what a lossy decoder gives is rounded to what FLAC keeps
        wanted = np.round(wanted.clip(-1, 32767 / 32768) * 32768) / 32768
    found = heard(player.bytes(track, "flac"))
    assert manifest.samples == tier.samples == len(wanted)
    assert tier.original == (kind.codec == "flac")
    assert (tier.sample_rate_hz, found.shape) == (kind.rate, wanted.shape)
    assert np.abs(found - wanted).max() <= (0 if kind.bits else 1 / 32768)


@pytest.mark.parametrize("name", ["mp3-cbr", "mp3-vbr", "mp3-bare", "mp3-low"])
def test_the_frames_of_an_mp3_are_its_own(player: Player, name: str) -> None:
    kind = KINDS[name]
    track = player.add("a.mp3", kind, SECONDS)
    manifest = player.manifest(track)
    tier = manifest.tiers[0]
    assert (tier.name, tier.original, tier.delay_samples) == ("mp3", True, 0 if name == "mp3-bare" else 576)
    wanted = heard(player.root / "a.mp3")
    found = heard(player.bytes(track, "mp3"))
    start = tier.delay_samples + DECODER_DELAY if tier.delay_samples else 0
    assert len(wanted) == tier.samples == manifest.samples
    assert np.array_equal(found[start : start + tier.samples], wanted)


@pytest.mark.parametrize(
    ("name", "tier_name"),
    [
        *(
            (name, "mp3-320")
            for name in ("flac", "flac-hi", "mp3-low", "aac", "alac-hi", "opus", "vorbis", "wav")
        ),
        *((name, "mp3-v2") for name in ("flac", "flac-surround", "mp3-cbr")),
        *((name, "opus-128") for name in ("flac", "flac-hi", "mp3-vbr", "flac-mono")),
        *((name, "aac-192") for name in ("flac", "aac", "flac-surround", "mp3-low")),
    ],
)
def test_lossy_tiers_lie_where_they_say(player: Player, name: str, tier_name: str) -> None:
    kind = KINDS[name]
    track = player.add(f"a.{kind.suffix}", kind, SECONDS)
    tier = player.tier(track, tier_name)
    assert tier.sample_rate_hz <= 48000
    channels = min(2, kind.channels)
    wanted = heard(player.root / f"a.{kind.suffix}", kind, tier.sample_rate_hz, channels)
    found = heard(player.bytes(track, tier_name))
    start = tier.delay_samples + (DECODER_DELAY if tier.container == "mp3" else 0)
    music = found[start : start + tier.samples]
    assert abs(len(wanted) - tier.samples) <= 1
    assert len(music) == tier.samples  # nothing of the end is lost
    assert music.shape[1] == channels
    late, likeness = lag(music, wanted)
    assert (late, likeness > 0.85) == (0, True), likeness
