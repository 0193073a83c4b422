"""`resonance playlist`, `export`, `dj export`, `make`: alike on this machine and on a server."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from resonance.adapters.memory_bus import MemoryBus
from resonance.api.app import create_app
from resonance.cli.export import _write_folder
from resonance.cli.main import main
from resonance.cli.remote import Remote
from resonance.core.errors import Invalid
from resonance.listens import cues, ratings
from resonance.model.caller import Caller, Role
from resonance.model.cue import Cue
from resonance.model.dj_set import SetPool
from resonance.playlists import playlists
from resonance.settings import Settings
from resonance.wiring import Wiring
from tests.fixtures.live import running
from tests.fixtures.rows import Rows


@dataclass
class Home:
    """A data folder with an account, tracks and lists, and a server over it."""

    data_dir: Path
    services: Wiring
    caller: Caller
    tracks: list[str]
    address: str
    api_key: str


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("home")
    services = Wiring(Settings(data_dir=folder))
    bus = MemoryBus()
    with services.db.write() as uow:
        rows = Rows(uow)
        music = rows.library()
        ada = rows.user("ada", role=Role.ADMIN)
        tracks = [
            rows.track(f"Title {n}", artist="Ännie", library_id=music, bpm_tag=120.0 + n, key_tag="8A")
            for n in range(6)
        ]
        playlists.create(uow, bus, ada, "Freitag", track_ids=[*tracks[:3], tracks[0]])
        playlists.create(uow, bus, ada, "Später", track_ids=tracks[4:])
        services.sets.create(uow, ada, "Night", SetPool(kind="tracks", track_ids=tracks[:4]))
        cues.replace(uow, ada, tracks[0], [Cue(kind="cue", start_s=1.5, number=0, name="Drop")])
        ratings.set(uow, bus, ada, "track", tracks[1], 4)
        _, key = services.accounts.api_keys.create(uow, ada, "shell")
    try:
        with running(create_app(services, services.settings)) as host:
            yield Home(folder, services, ada, tracks, f"http://{host}/", key)
    finally:
        services.close()


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    home: Home, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> Run:
    """`resonance ARGS...` in this process; (exit code, standard output, errors)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(home.data_dir))

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["resonance", *arguments])
        code: Any = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        out, err = capfdbinary.readouterr()
        return int(code), out.decode(), err.decode()

    return call


@pytest.fixture(params=["here", "there"])
def at(request: pytest.FixtureRequest, home: Home, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every test that takes this runs on the database, and once more on the server."""
    if request.param == "there":
        monkeypatch.setenv("RESONANCE_SERVER", home.address)
        monkeypatch.setenv("RESONANCE_API_KEY", home.api_key)
    return str(request.param)


def test_lists_and_their_tracks(run: Run, at: str, home: Home) -> None:
    code, out, _ = run("playlist", "list", "--json")
    assert code == 0
    names = [item["name"] for item in json.loads(out)]
    assert {"Freitag", "Später"} <= set(names)
    assert "Freitag" in run("playlist", "list")[1]
    shown = json.loads(run("playlist", "show", "freitag", "--json")[1])
    assert [entry["track"]["id"] for entry in shown["entries"]] == [*home.tracks[:3], home.tracks[0]]
    assert "   1    3:20  120   8A  Ännie - Title 0" in run("playlist", "show", "Freitag")[1]
    code, _, err = run("playlist", "show", "Nothing")
    assert (code, "Nothing" in err) == (3, True)


def test_exports_are_the_same_here_and_there(run: Run, home: Home, tmp_path: Path) -> None:
    far = ("--server", home.address, "--api-key", home.api_key)
    rules = ("--map", "/m=D:/Music")
    for command in (
        ("playlist", "export", "Freitag"),
        ("playlist", "export", "Später", "--format", "csv"),
        ("dj", "export", "Night"),
        ("dj", "export", "Freitag", "--format", "nml"),
        ("export", "rekordbox", "--all"),
        ("export", "jspf", "--set", "Night"),
    ):
        code, near, err = run(*command, *rules)
        assert (code, err) == (0, "") and "Title" in near, command
        assert run(*command, *rules, *far)[1] == near
        assert command[-1] == "csv" or "D:" in near
    told = json.loads(run("dj", "export", "Night", "-o", "a/night.xml", "--json", *far)[1])
    assert told == {
        "file": "a/night.xml",
        "name": "Night",
        "bytes": (tmp_path / "a/night.xml").stat().st_size,
    }


def test_all_playlists_as_files(run: Run, at: str, tmp_path: Path) -> None:
    code, out, _ = run("export", "m3u8", "--all", "-o", "lists", "--json")
    assert code == 0
    files = json.loads(out)["files"]
    assert {"lists/Freitag.m3u8", "lists/Später.m3u8"} <= set(files)
    assert all((tmp_path / file).is_file() for file in files)
    assert not list((tmp_path / "lists").glob(".*"))
    assert run("export", "m3u8", "--all", "-o", "lists.zip")[0] == 0 and (tmp_path / "lists.zip").is_file()


def test_a_library_is_brought_in(run: Run, at: str, home: Home, tmp_path: Path) -> None:
    run("export", "rekordbox", "--all", "-o", "all.xml", "--map", "/m=X:/")
    with home.services.db.write() as uow:
        cues.replace(uow, home.caller, home.tracks[0], [])
    rules = ("--map", "X:/=/m")
    trial = json.loads(run("playlist", "import", "all.xml", *rules, "--dry-run", "--json")[1])
    assert (trial["dry_run"], trial["cues"]["added"], trial["ratings"]["same"]) == (True, 1, 1)
    code, out, _ = run("playlist", "import", "all.xml", *rules)
    assert code == 0 and "cues: 1 added, 0 the same, 0 in conflict" in out
    again = json.loads(run("playlist", "import", "all.xml", *rules, "--json")[1])
    assert (again["cues"]["added"], again["cues"]["same"], again["conflicts"]) == (0, 1, [])
    (tmp_path / f"{at}.m3u").write_text("#EXTM3U\n#EXTINF:200,Ännie - Title 3\n/x/y.mp3\nnothing.mp3\n")
    code, out, _ = run("playlist", "import", f"{at}.m3u")
    assert code == 0 and f"{at}: 1 of 2" in out and "missing: nothing" in out
    shown = json.loads(run("playlist", "show", at, "--json")[1])
    assert [entry["track"]["title"] for entry in shown["entries"]] == ["Title 3"]


def test_what_goes_wrong_is_a_sentence(run: Run, home: Home, tmp_path: Path) -> None:
    (tmp_path / "bad.xml").write_text("<DJ_PLAYLISTS><COLLECTION>")
    far = ("--server", home.address, "--api-key", home.api_key)
    for where in ((), far):
        for code, command in (
            (2, ("export", "itunes", "--all")),
            (2, ("export", "csv")),
            (2, ("playlist", "export", "Freitag", "--map", "nonsense")),
            (2, ("playlist", "import", "bad.xml")),
            (2, ("playlist", "import", "bad.xml", "--cues", "both")),
            (3, ("playlist", "import", "gone.xml")),
            (3, ("dj", "export", "Nothing")),
            (2, ("playlist", "export", "Freitag", "--json")),
        ):
            found, _, err = run(*command, *where)
            assert found == code and err.startswith("resonance: ") and err.count("\n") == 1, (command, err)
    assert run("playlist", "list", "--server", home.address)[0] == 2
    code, _, err = run("playlist", "list", "--server", home.address, "--api-key", "rsk_no")
    assert code == 1 and "resonance: " in err
    code, _, err = run("playlist", "list", "--server", "http://127.0.0.1:9", "--api-key", "rsk_no")
    assert code == 1 + 3 and "cannot be reached" in err
    assert not (tmp_path / "x.xml").exists()


def test_a_sentence_becomes_a_list_here_and_there(run: Run, home: Home, tmp_path: Path) -> None:
    far = ("--server", home.address, "--api-key", home.api_key)
    rules = ("--map", "/m=D:/Music")
    code, _, err = run("make", "10 minutes", "--seed", "7", "--user", "ada", "-o", "near.m3u8", *rules)
    assert (code, err) == (0, "")
    assert run("make", "10 minutes", "--seed", "7", *far, "-o", "far.m3u8", *rules)[0] == 0
    near = (tmp_path / "near.m3u8").read_bytes()
    assert b"Title" in near and b"D:" in near and near == (tmp_path / "far.m3u8").read_bytes()
    assert run("make", "10 minutes", "--user", "ada", *far)[0] == 2


def test_several_people_are_told_apart(run: Run, home: Home) -> None:
    with home.services.db.write() as uow:
        berta = Rows(uow).user("berta", role=Role.ADMIN)
        playlists.create(uow, MemoryBus(), berta, "Bertas", track_ids=home.tracks[:1])
    code, _, err = run("playlist", "list")
    assert (code, "ada" in err and "berta" in err) == (2, True)
    listed = json.loads(run("playlist", "list", "--user", "BERTA", "--json")[1])
    assert [item["name"] for item in listed] == ["Bertas"]
    assert run("playlist", "list", "--user", "carl")[0] == 3


@pytest.mark.parametrize(
    "name", ["../x.m3u8", "/x.m3u8", "a/../../x.m3u8", ".bashrc", ".x.m3u8", "a\\..\\x.m3u8", "x.sh", "x/"]
)
def test_a_server_writes_nothing_but_playlists(tmp_path: Path, name: str) -> None:
    """What a server that is not to be trusted packs into its archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, b"#EXTM3U")

    class Hostile(Remote):
        def __init__(self) -> None:
            pass

        def exported(self, kind: str, item_id: str, asked: Mapping[str, Any]) -> Iterator[bytes]:
            yield packed.getvalue()

    folder = tmp_path / "a" / "lists"
    with pytest.raises(Invalid):
        _write_folder(Hostile(), {"format": "m3u8"}, folder, as_json=False)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
