#!/bin/sh
# Installs the pinned packages into .venv: `runtime` for running, `dev` for the checks as well.
set -eu
kind=$1
pip() { .venv/bin/python -m pip --disable-pip-version-check --quiet "$@"; }

lock=requirements/$kind.lock
if [ "$kind" = runtime ] && ! command -v ffmpeg >/dev/null 2>&1; then
    echo "resonance: the system has no ffmpeg, so one is installed for Resonance alone."
    lock=requirements/ffmpeg.lock
fi
echo "resonance: installing Python packages (a minute or two the first time)"
pip install --require-hashes -r "$lock"
pip install --no-deps --no-build-isolation --editable .
