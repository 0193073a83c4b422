"""librosa from PyPI in a venv of its own: the tempo and the chroma that comparable programs take from it."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

VERSION = "0.11.0"
SCRIPT = """
import json, os, sys, time
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"
import warnings
warnings.simplefilter("ignore")
import librosa

def heard(path):
    began = time.process_time()
    mono, rate = librosa.load(path, sr=22050)
    librosa.beat.beat_track(y=mono, sr=rate)
    librosa.feature.chroma_cqt(y=mono, sr=rate)
    return (time.process_time() - began) * 240 * rate / len(mono)

heard(sys.argv[1])  # compiles what is compiled once
print(json.dumps({path: heard(path) for path in sys.argv[1:]}))
"""


def cpu_s(files: Sequence[Path], cache: Path) -> dict[Path, float] | None:
    """CPU seconds for four minutes of each file: load, beat_track, chroma_cqt. None where PyPI has it not."""
    home = cache / "librosa"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", f"librosa=={VERSION}"]
        if subprocess.run(pip).returncode:
            return None
    command = [str(python), "-c", SCRIPT, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return None
    return {Path(path): seconds for path, seconds in json.loads(done.stdout).items()}
