#!/bin/sh
# Pins every dependency with hashes, for all platforms, without naming an index.
set -eu
cd "$(dirname "$0")/.."
compile() {
    out=$1
    shift
    uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet \
        --no-emit-index-url --no-emit-find-links --no-annotate \
        --custom-compile-command "make lock" --output-file "$out" "$@"
}
compile requirements/runtime.lock --extra build --extra postgres --extra redis
compile requirements/ffmpeg.lock --extra build --extra postgres --extra redis --extra ffmpeg --constraint requirements/runtime.lock
compile requirements/dev.lock --extra build --extra postgres --extra redis --extra ffmpeg --extra onnx --extra essentia --extra dev --constraint requirements/runtime.lock
