"""Encoder runs: jumps stay on the grid, runs keep their distance and end, and nothing half is ever sent."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from resonance.core.errors import NotFound, TooMany, Unavailable
from resonance.db.engine import Database
from resonance.model.caller import Caller
from resonance.playback import runs
from resonance.playback.fragment_cache import FragmentCache
from tests.rooms.playback_kit import KINDS, Player, heard, lag

pytestmark = pytest.mark.sqlite_only("the database only says where the bytes are")
FAR = 11  # beyond what a run from the start would be waited for
LONG = 51.4321


@pytest.fixture
def player(database: Database, admin: Caller, tmp_path: Path) -> Iterator[Player]:
    made = Player.of(database, admin, tmp_path)
    yield made
    made.playback.close()


def encoders(folder: Path) -> list[psutil.Process]:
    """ffmpeg processes that read files of the folder now."""
    running = psutil.process_iter(["cmdline"])
    return [p for p in running if any(str(folder) in argument for argument in p.info["cmdline"] or ())]


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def kept(player: Player) -> dict[tuple[int, int], Path]:
    """Fragments on disk by (the run's first, number)."""
    files = (player.root.parent / "fragments").rglob("*")
    return {(int(p.parent.name), int(p.name)): p for p in files if p.is_file() and p.suffix != ".part"}


@pytest.mark.parametrize(
    ("name", "tier_name"),
    [
        *(
            (name, "flac")
            for name in ("mp3-cbr", "mp3-vbr", "mp3-bare", "aac", "alac-hi", "opus", "vorbis", "wav")
        ),
        *((name, "mp3-320") for name in ("flac", "flac-hi", "aac", "alac-hi", "opus")),
        *((name, "mp3-v2") for name in ("mp3-cbr", "wavpack")),
        *((name, "opus-128") for name in ("flac", "flac-hi", "mp3-low")),
        *((name, "aac-192") for name in ("flac", "aac")),
    ],
)
def test_a_jump_lands_on_the_grid(player: Player, name: str, tier_name: str) -> None:
    kind = KINDS[name]
    track = player.add(f"a.{kind.suffix}", kind, LONG)
    tier = player.tier(track, tier_name)
    numbers = range(FAR, tier.fragments)
    found = heard(player.bytes(track, tier_name, numbers))
    assert {start for start, _ in kept(player)} == {FAR}
    wanted = heard(player.root / f"a.{kind.suffix}", kind, tier.sample_rate_hz, min(2, kind.channels))
    late = tier.delay_samples + (529 if tier.container == "mp3" else 0)
    music = wanted[FAR * tier.fragment_samples - late :]
    if tier_name == "flac":
        assert found.shape == music.shape
        assert np.abs(found - music).max() <= (0 if kind.bits else 1 / 32768)
        return
    assert len(found) >= len(music)
    settled = slice(4096, None)  # the decoder has not heard what came before
    off, likeness = lag(found[: len(music)][settled], music[settled])
    assert (off, likeness > 0.85) == (0, True), likeness


@pytest.mark.parametrize("tier_name", ["mp3-320", "mp3-v2", "aac-192", "opus-128"])
def test_two_runs_join_as_one(player: Player, tier_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "AHEAD", 0)
    kind = KINDS["flac"]
    track = player.add("a.flac", kind, LONG)
    tier = player.tier(track, tier_name)
    player.bytes(track, tier_name, [FAR])
    joined = heard(player.bytes(track, tier_name, range(FAR + 1)))
    assert set(kept(player)) == {*((0, number) for number in range(FAR)), (FAR, FAR)}
    music = heard(player.root / "a.flac", kind, tier.sample_rate_hz)
    late = tier.delay_samples + (529 if tier.container == "mp3" else 0)
    joint, near = FAR * tier.fragment_samples, 2048

    def unlike(start: int, stop: int) -> float:
        """How far the sound is from the music there."""
        noise = joined[start:stop] - music[start - late : stop - late]
        return float(np.sqrt((noise**2).mean()))

    # At the joint the sound is as true as anywhere else; AAC's second run is coarser for a while.
    limit = 2.0 if tier_name == "aac-192" else 1.3
    assert unlike(joint - near, joint + near) < limit * unlike(joint - 90_000, joint - 50_000)
    if limit < 2:
        shutil.rmtree(player.root.parent / "fragments" / next(iter(kept(player).values())).parts[-3])
        assert np.array_equal(joined, heard(player.bytes(track, tier_name, range(FAR + 1))))


def test_fragments_in_any_order_are_one_run(player: Player) -> None:
    track = player.add("a.wav", KINDS["wav"], 30.0)
    tier = player.tier(track, "mp3-v2")
    mixed = [3, 0, 5, *range(tier.fragments)]
    assert player.bytes(track, "mp3-v2", mixed) == player.bytes(track, "mp3-v2")
    assert {start for start, _ in kept(player)} == {0}


def test_a_run_keeps_its_distance_and_ends_when_nobody_asks(
    player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "AHEAD", 3)
    monkeypatch.setattr(runs, "IDLE_S", 2.0)
    track = player.add("a.flac", KINDS["flac"], LONG)
    player.bytes(track, "mp3-v2", [0])
    assert wait_for(lambda: (0, 3) in kept(player))
    time.sleep(0.3)
    assert max(kept(player)) == (0, 3)
    player.bytes(track, "mp3-v2", [2])  # kept already, but it moves the run on
    assert wait_for(lambda: (0, 5) in kept(player))
    assert encoders(player.root)
    assert wait_for(lambda: not encoders(player.root))
    player.bytes(track, "mp3-v2", [6])
    assert (6, 6) in kept(player)  # a later run has its own place


def test_skipping_quickly_ends_the_oldest_run_instead_of_refusing(
    database: Database, admin: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "AHEAD", 1)
    player = Player.of(database, admin, tmp_path, per_user=2)
    tracks = [player.add(f"{n}.flac", KINDS["flac"], 40.0) for n in range(4)]
    for track in tracks:
        player.bytes(track, "mp3-v2", [0])
    assert wait_for(lambda: len(encoders(player.root)) == 2)
    for track in tracks:
        assert len(player.bytes(track, "mp3-v2", range(10))) > 100_000
    player.playback.close()
    assert wait_for(lambda: not encoders(player.root))


def test_a_listener_cannot_hold_every_thread(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "WAITING_PER_USER", 0)
    track = player.add("a.flac", KINDS["flac"], 5.0)
    with pytest.raises(TooMany):
        player.bytes(track, "mp3-v2", [0])


def test_a_killed_encoder_is_an_error_once_and_half_a_fragment_is_none(
    player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "AHEAD", 2)
    track = player.add("a.flac", KINDS["flac"], LONG)
    player.bytes(track, "aac-192", [0])
    assert wait_for(lambda: (0, 2) in kept(player))
    answer: list[object] = []

    def ask() -> None:
        try:
            answer.append(player.bytes(track, "aac-192", [11]))
        except Unavailable as fault:
            answer.append(fault)

    (process,) = encoders(player.root)
    process.send_signal(signal.SIGSTOP)
    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.2)
    os.kill(process.pid, signal.SIGKILL)
    asking.join(20)
    assert isinstance(answer[0], Unavailable)
    assert len({len(path.read_bytes()) // 3000 for path in kept(player).values()}) == 1  # all are whole
    tier = player.tier(track, "aac-192")
    whole = heard(player.bytes(track, "aac-192"))
    assert len(whole) >= tier.delay_samples + tier.samples


def test_a_full_disk_is_told_and_leaves_nothing(player: Player) -> None:
    track = player.add("a.flac", KINDS["flac"], 9.0)
    player.manifest(track)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    try:
        with pytest.raises(Unavailable, match="disk"):
            player.bytes(track, "mp3-320", [0])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not [p for p in (player.root.parent / "fragments").rglob("*") if p.is_file()]
    assert len(player.bytes(track, "mp3-320")) > 300_000


def test_an_ending_that_comes_early_is_an_end(player: Player) -> None:
    track = player.add("a.wav", KINDS["wav"], 20.0)
    manifest = player.manifest(track)
    file = player.root / "a.wav"
    stat = file.stat()
    os.truncate(file, stat.st_size // 2)
    with file.open("ab") as tail:
        tail.truncate(stat.st_size)  # ... of silence
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    tier = player.tier(track, "mp3-v2")
    assert tier.fragments == player.tier(track, "mp3-v2").fragments
    player.bytes(track, "mp3-v2")
    with pytest.raises(NotFound) as caught:
        player.playback.fragment(player.caller, track, "mp3-v2", tier.fragments, manifest.version)
    assert caught.value.code == "fragment_past_end"


def test_what_was_half_written_is_swept(tmp_path: Path) -> None:
    cache = FragmentCache(tmp_path, 2**20)
    folder = cache.folder("t", "v", "mp3-v2")
    cache.put(folder, 0, 0, b"whole")
    old, fresh = folder / "0" / "1.x.part", folder / "0" / "2.y.part"
    for part in (old, fresh):
        part.write_bytes(b"ha")
    os.utime(old, (1, 1))
    FragmentCache(tmp_path, 2**20)
    # The fresh one may be another process's, in the middle of its work.
    assert {path.name for path in folder.rglob("*") if path.is_file()} == {"0", fresh.name}
    assert cache.get(folder, 0) == (0, b"whole")


def test_the_cache_is_bounded_and_forgets_the_longest_unused(tmp_path: Path) -> None:
    cache = FragmentCache(tmp_path, 100_000)
    folders = [cache.folder(f"track {n}", "v", "mp3-v2") for n in range(4)]
    for age, folder in enumerate(folders[:3]):
        for number in range(3):
            cache.put(folder, 0, number, bytes(10_000))
        os.utime(folder, (age, age))
    assert cache.get(folders[0], 0)  # used now
    for number in range(2):
        cache.put(folders[3], 0, number, bytes(10_000))
    assert [cache.get(folder, 0) is not None for folder in folders] == [True, False, True, True]
    for number in range(2, 30):
        cache.put(folders[3], 0, number, bytes(10_000))
    sizes = [path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()]
    assert sum(sizes) <= 100_000
    assert cache.get(folders[3], 29) is not None
