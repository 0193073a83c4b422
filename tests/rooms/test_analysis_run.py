"""The analysis of a library: what is measured when, and what nothing may lose."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from resonance.analysis import policy, run
from resonance.analysis.policy import Hours, Policy
from resonance.analysis.progress import Status
from resonance.analysis.run import Wish
from resonance.audio.ear.versions import VERSIONS
from resonance.db import versions
from resonance.db.engine import Database
from resonance.db.tables.analysis import analysis_claim, features
from resonance.db.tables.library import carrier, track
from resonance.model.caller import OPERATOR
from tests.fixtures.rows import Rows
from tests.rooms.analysis_kit import Kit


@pytest.fixture
def kit(database: Database, tmp_path: Path) -> Kit:
    return Kit(database, tmp_path)


def test_a_small_library_is_measured_in_one_pass_and_then_left_alone(kit: Kit) -> None:
    ids = [kit.add(f"{n}.flac", f"bpm {100 + n}") for n in range(5)]
    summary = kit.analyser().run()
    assert (summary.ended, summary.quick, summary.full, summary.failed) == ("done", 5, 5, 0)
    for n, id_ in enumerate(ids):
        row = kit.facts(id_)
        assert (row.bpm, row.key_window, row.lufs_i, row.problem) == (100 + n, "whole", -14.0, None)
        assert {row.tempo_version, row.key_version, row.timbre_version, row.loudness_version} == {1}
        assert row.payload_id and row.etag and row.carrier_id and row.cpu_ms == 1
        assert kit.traits(id_).bpm == 100 + n and kit.traits(id_).bpm_source == "measured"
    assert kit.claims() == []
    assert kit.bus.topics() == {"features.changed", "analysis.progress"}
    with kit.database.read() as uow:
        mark = versions.current(uow, "features")
    assert mark > 0
    before = kit.begun()
    again = kit.analyser().run()
    assert (again.quick, again.full, kit.begun()) == (0, 0, before)


def test_a_large_library_is_heard_quickly_as_a_whole_before_it_is_heard_in_full(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "FEW", 3)
    monkeypatch.setattr("resonance.analysis.claims.STRETCH", 4)
    ids = [kit.add(f"{n:02}.flac", "bpm 120") for n in range(11)]
    told: list[Status] = []
    summary = kit.analyser().run(told=told.append)
    stages = [line.split()[0] for line in kit.begun()]
    assert stages == ["quick"] * 11 + ["full"] * 11
    assert {line.split()[1] for line in kit.begun()} == {"key+tempo+timbre", "key+loudness"}
    assert (summary.quick, summary.full) == (11, 11)
    assert {kit.facts(id_).key_window for id_ in ids} == {"whole"}
    with kit.database.read() as uow:
        status = kit.analyser().status(uow, OPERATOR)
    assert (status.state, status.tracks, status.quick_done, status.full_done) == ("idle", 11, 11, 11)
    assert told[0].state == "running" and told[0].stage == "quick"


def test_raising_a_version_measures_that_group_alone(kit: Kit) -> None:
    track_id = kit.add("a.flac", "bpm 120")
    kit.analyser().run()
    with kit.database.write() as uow:
        uow.execute(update(features).values(lufs_i=-99.0, bpm=1.0))
    raised = kit.analyser(versions=VERSIONS | {"tempo": 2})
    raised.run()
    row = kit.facts(track_id)
    assert (row.bpm, row.lufs_i, row.tempo_version, row.loudness_version) == (120, -99.0, 2, 1)
    assert kit.begun()[1:] == ["whole tempo a.flac"]
    raised.run()
    assert len(kit.begun()) == 2


def test_new_tags_change_nothing_and_another_sound_everything(kit: Kit) -> None:
    track_id = kit.add("a.flac", "bpm 120")
    kit.analyser().run()
    kit.change("a.flac", "bpm 120 ", payload="p-bpm 120-a.flac")
    kit.analyser().run()
    assert len(kit.begun()) == 1
    kit.change("a.flac", "bpm 90")
    with kit.database.write() as uow:
        uow.execute(update(features).values(lra=5.0))
    kit.analyser().run(Wish(groups=frozenset({"tempo"})))
    row = kit.facts(track_id)
    assert (row.bpm, row.lra, row.lufs_i, row.loudness_version) == (90, None, None, 0)
    kit.analyser().run()
    assert kit.facts(track_id).loudness_version == 1


def test_the_best_file_is_heard(kit: Kit) -> None:
    track_id = kit.add(
        "a.mp3",
        "bpm 60",
    )
    (kit.folder / "music/b.flac").write_text("bpm 61")
    stat = (kit.folder / "music/b.flac").stat()
    with kit.database.write() as uow:
        uow.execute(update(carrier).values(codec="mp3", format="mp3"))
        best = Rows(uow).carrier(track_id, kit.library_id, path="b.flac", payload_id="b", size=stat.st_size,
                                 mtime_ns=stat.st_mtime_ns)  # fmt: skip
    kit.analyser().run()
    assert (kit.facts(track_id).bpm, kit.facts(track_id).carrier_id) == (61, best)


def test_a_file_that_ends_processes_is_known_in_the_end_and_spares_the_others(kit: Kit) -> None:
    crash = kit.add("crash.flac", "crash")
    hang = kit.add("hang.flac", "hang")
    bad = kit.add("bad.flac", "bad")
    once = kit.add("once.flac", f"crash once {kit.folder / 'made'}")
    fine = [kit.add(f"{n}.flac", "bpm 120") for n in range(4)]
    summary = kit.analyser(limit_s=3.0).run()
    assert {id_: kit.facts(id_).problem for id_ in (crash, hang, bad)} == {
        crash: "crashed", hang: "timeout", bad: "not_audio",
    }  # fmt: skip
    assert kit.facts(once).problem is None and kit.facts(once).bpm == 100
    assert all(kit.facts(id_).bpm == 120 for id_ in fine)
    assert summary.failed == 3
    begun = [line.split()[-1] for line in kit.begun()]
    assert (begun.count("crash.flac"), begun.count("hang.flac"), begun.count("bad.flac")) == (3, 3, 1)
    assert kit.claims() == []
    kit.analyser().run()
    assert [line.split()[-1] for line in kit.begun()] == begun, "not for ever"
    # Other bytes are another file; and somebody may insist.
    kit.change("crash.flac", "bpm 70")
    analyser = kit.analyser()
    analyser.redo(frozenset(VERSIONS), int(time.time() * 1000) + 1, [bad])
    analyser.run()
    assert kit.facts(crash).problem is None and kit.facts(crash).bpm == 70
    assert [line.split()[-1] for line in kit.begun()].count("bad.flac") == 2


def test_files_that_are_away_are_tried_later_and_not_marked(kit: Kit) -> None:
    here, gone = kit.add("here.flac", "bpm 120"), kit.add("gone.flac", "bpm 120")
    newer = kit.add("newer.flac", "bpm 120")
    (kit.folder / "music/gone.flac").rename(kit.folder / "elsewhere")
    (kit.folder / "music/newer.flac").write_text("bpm 120, and more than the scan saw")
    summary = kit.analyser().run()
    assert (summary.put_off, summary.failed, kit.facts(here).bpm) == (2, 0, 120)
    assert kit.facts(gone) is None and kit.facts(newer) is None
    assert {row.track_id: row.attempts for row in kit.claims()} == {gone: 0, newer: 0}
    (kit.folder / "elsewhere").rename(kit.folder / "music/gone.flac")
    assert kit.analyser().run().quick == 0, "not at once"
    with kit.database.write() as uow:
        uow.execute(update(analysis_claim).values(lease_until=0))
    kit.analyser().run()
    assert kit.facts(gone).bpm == 120


def test_a_library_that_cannot_be_reached_is_left_alone(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(12):
        kit.add(f"{n}.flac", "bpm 120")
    music = kit.folder / "music"
    music.rename(kit.folder / "unplugged")
    summary = kit.analyser().run()
    assert (summary.ended, summary.failed, summary.quick) == ("library_unreachable", 0, 0)
    assert len(kit.claims()) <= 6, "the others are not even touched"
    shutil.move(kit.folder / "unplugged", music)
    with kit.database.write() as uow:
        uow.execute(update(analysis_claim).values(lease_until=0))
    assert kit.analyser().run().quick == 12


def test_a_killed_process_loses_at_most_what_it_had_in_hand(kit: Kit, tmp_path: Path) -> None:
    ids = [kit.add(f"{n:02}.flac", "slow 0.15") for n in range(24)]
    url = kit.database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.fixtures.analysis_worker", url, str(kit.notes), "2"]
    process = subprocess.Popen(command, start_new_session=True)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and _measured(kit.database) < 6:
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
    done = _measured(kit.database)
    assert 6 <= done < 24
    held = {row.track_id for row in kit.claims()}
    begun = kit.begun()
    assert len(begun) - done <= 24
    summary = kit.analyser().run()
    assert summary.ended == "done" and summary.failed == 0
    assert _measured(kit.database) == 24 and kit.claims() == []
    # Nothing that was written was heard again.
    twice = len(kit.begun()) - 24
    assert twice <= len(held) and all(kit.facts(id_) is not None for id_ in ids)


def _measured(database: Database) -> int:
    with database.read() as uow:
        return int(uow.execute(select(func.count()).select_from(features)).scalar_one())


def test_two_processes_share_a_library_and_never_a_track(kit: Kit) -> None:
    for n in range(30):
        kit.add(f"{n:02}.flac", "slow 0.02")
    url = kit.database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.fixtures.analysis_worker", url, str(kit.notes), "2"]
    others = [subprocess.Popen(command) for _ in range(2)]
    assert [other.wait(100) for other in others] == [0, 0]
    assert _measured(kit.database) == 30
    names = [line.split()[-1] for line in kit.begun()]
    assert sorted(names) == sorted(set(names))


def test_innocent_tracks_of_a_dead_process_are_not_blamed(kit: Kit) -> None:
    ids = [kit.add(f"{n}.flac", "bpm 120") for n in range(3)]
    killer = kit.add("k.flac", "bpm 120")
    with kit.database.write() as uow:
        for id_, attempts in [*((id_, 2) for id_ in ids), (killer, 3)]:
            row = {"track_id": id_, "stage": "quick", "holder": "gone|1|1|x", "lease_until": 0}
            uow.execute(analysis_claim.insert().values(**row, attempts=attempts))
    kit.analyser().run()
    assert [kit.facts(id_).problem for id_ in ids] == [None, None, None]
    assert kit.facts(killer).problem == "crashed"
    assert "k.flac" not in {line.split()[-1] for line in kit.begun()}


def test_pause_and_cancel_stop_between_tracks_and_give_the_rest_back(kit: Kit) -> None:
    many = 60
    for n in range(many):
        kit.add(f"{n:02}.flac", "slow 0.1")
    analyser = kit.analyser()
    ended: list[str] = []
    working = threading.Thread(target=lambda: ended.append(analyser.run().ended))
    working.start()
    while len(kit.begun()) < 3:
        time.sleep(0.02)
    with kit.database.write() as uow:
        policy.write(uow, Policy(paused=True))
    with kit.database.read() as uow:
        assert analyser.status(uow, OPERATOR).state == "running"
    assert analyser.run().ended == "busy"
    working.join(30)
    assert ended == ["paused"]
    begun = len(kit.begun())
    assert begun < many and _measured(kit.database) == begun, "what was in hand was heard to its end"
    assert kit.claims() == []
    with kit.database.read() as uow:
        status = analyser.status(uow, OPERATOR)
    assert (status.state, status.reason) == ("paused", "paused")
    assert analyser.run().quick == 0
    with kit.database.write() as uow:
        policy.write(uow, Policy())
    assert analyser.run(cancelled=lambda: len(kit.begun()) > begun).ended == "cancelled"
    assert kit.claims() == [] and _measured(kit.database) < many
    assert analyser.run().ended == "done" and _measured(kit.database) == many


def test_outside_its_hours_a_run_ends_and_says_when_to_come_again(kit: Kit) -> None:
    kit.add("a.flac", "bpm 120")
    minute = datetime.now().hour * 60 + datetime.now().minute
    with kit.database.write() as uow:
        policy.write(uow, Policy(hours=Hours((minute + 60) % 1440, (minute + 120) % 1440)))
    summary = kit.analyser().run()
    assert (summary.ended, summary.quick) == ("hours", 0)
    assert summary.opens_at is not None and 0 < summary.opens_at - time.time() * 1000 <= 3600_000
    with kit.database.read() as uow:
        status = kit.analyser().status(uow, OPERATOR)
    assert (status.state, status.reason) == ("waiting", "hours")
    # Who asks by hand is obeyed.
    assert kit.analyser().run(Wish(obey=False)).quick == 1
    assert kit.analyser(enabled=False).run().ended == "off"


def test_hours_run_over_midnight() -> None:
    night = Policy(hours=Hours.parse("23:00", "06:00"))
    day = datetime(2026, 1, 5)
    assert [night.closed(day.replace(hour=hour)) for hour in (22, 23, 0, 5, 6, 12)] == [
        "hours", None, None, None, "hours", "hours",
    ]  # fmt: skip
    opens = night.opens_at(day.replace(hour=12))
    assert opens is not None and datetime.fromtimestamp(opens / 1000) == day.replace(hour=23)
    opens = night.opens_at(day.replace(hour=23, minute=30))
    assert opens is not None and datetime.fromtimestamp(opens / 1000) == day.replace(day=6, hour=23)
    assert Policy(paused=True, hours=night.hours).closed(day) == "paused"


@pytest.mark.sqlite_only("a lock of the whole database is SQLite's")
def test_a_locked_database_only_delays(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(4):
        kit.add(f"{n}.flac", "slow 0.2")
    monkeypatch.setattr("resonance.db.engine.BUSY_TIMEOUT_MS", 50)
    impatient = Database(kit.database.url.render_as_string(hide_password=False))
    analyser = kit.analyser()
    analyser.db = impatient
    assert kit.database.sqlite_path is not None
    blocker = sqlite3.connect(kit.database.sqlite_path, isolation_level=None)
    ended: list[run.Summary] = []
    working = threading.Thread(target=lambda: ended.append(analyser.run()))
    working.start()
    while not kit.begun():
        time.sleep(0.02)
    blocker.execute("BEGIN IMMEDIATE")
    time.sleep(1.2)
    assert working.is_alive()
    blocker.execute("ROLLBACK")
    working.join(60)
    blocker.close()
    impatient.close()
    assert [(summary.ended, summary.quick) for summary in ended] == [("done", 4)]
    assert _measured(kit.database) == 4 and len(kit.begun()) == 4


def test_tracks_that_vanish_meanwhile_are_no_fault(kit: Kit) -> None:
    kit.add("stays.flac", "bpm 120")
    goes = kit.add("goes.flac", "slow 1")
    analyser = kit.analyser()
    working = threading.Thread(target=analyser.run)
    working.start()
    while not any("goes" in line for line in kit.begun()):
        time.sleep(0.02)
    with kit.database.write() as uow:
        uow.execute(track.delete().where(track.c.id == goes))
    working.join(30)
    assert _measured(kit.database) == 1


def test_a_limit_takes_so_many_tracks(kit: Kit) -> None:
    for n in range(6):
        kit.add(f"{n}.flac", "bpm 120")
    assert kit.analyser().run(Wish(limit=2)).full == 2
    assert _measured(kit.database) == 2
