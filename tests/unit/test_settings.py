"""Settings: sources, defaults, and every fault at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from resonance.settings import Settings, SettingsFault, load

NAMES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*NAMES, "RESONANCE_CONFIG"]:
        monkeypatch.delenv(name, raising=False)


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "resonance.toml"
    file.write_text('port = 9001\nhost = "127.0.0.1"\nignored_articles = ["Il", "Lo"]\n')
    monkeypatch.setenv("RESONANCE_CONFIG", str(file))
    monkeypatch.setenv("PORT", "9002")
    settings = load()
    assert (settings.port, settings.host, settings.ignored_articles) == (9002, "127.0.0.1", ("Il", "Lo"))


@pytest.mark.parametrize(
    ("given", "base", "path"),
    [
        ("/", "/", ""),
        ("/music/", "/music/", "/music"),
        ("https://example.org", "https://example.org/", ""),
        ("https://example.org/a/b", "https://example.org/a/b/", "/a/b"),
    ],
)
def test_base_url_forms(given: str, base: str, path: str) -> None:
    settings = load(base_url=given)
    assert (settings.base_url, settings.base_path) == (base, path)


def test_every_fault_is_named_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORT", "70000")
    monkeypatch.setenv("MUSIC_LIBRARY_PATH", str(tmp_path / "nowhere"))
    monkeypatch.setenv("JWT_SECRET", "hunter2")
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.0/8, everyone")
    monkeypatch.setenv("DATABASE_URL", "mysql://root:hunter2@db/x")
    with pytest.raises(SettingsFault) as caught:
        load()
    named = {line.partition(":")[0] for line in caught.value.faults}
    assert named == {"PORT", "MUSIC_LIBRARY_PATH", "JWT_SECRET", "TRUSTED_PROXIES", "DATABASE_URL"}
    assert "hunter2" not in str(caught.value)


def test_a_wrong_start_exits_with_2(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "resonance", "serve"],
        env={"PORT": "0", "LOG_LEVEL": "loud", "DATA_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "PORT:" in done.stderr
    assert "LOG_LEVEL:" in done.stderr
    assert "Traceback" not in done.stderr


def test_secrets_do_not_show_in_prints() -> None:
    settings = load(jwt_secret="a-very-long-secret-that-nobody-knows")
    assert "nobody" not in repr(settings)
