#!/bin/sh
# What the checks need beside Python and Node: real programs, so that nothing has to be mocked.
# As root they are installed; else they are named and the run ends with 2. Nothing is skipped in silence.
set -eu

need() { # need PROGRAM PACKAGE
    command -v "$1" >/dev/null 2>&1 || [ -x "$1" ] || missing="$missing $2"
}
postgres_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)

missing=""
need ffmpeg ffmpeg
need chromium chromium
need "${postgres_bin:-/usr/lib/postgresql/none}/initdb" postgresql
need redis-server redis-server
[ -z "$missing" ] && exit 0

if [ "$(id -u)" != 0 ]; then
    echo "The checks need packages that are not installed:$missing" >&2
    echo "Type: sudo apt install$missing" >&2
    exit 2
fi
export DEBIAN_FRONTEND=noninteractive
echo "Installing what the checks need:$missing"
apt-get update -qq
# Debian starts a cluster of its own at install time; the checks make theirs, so the policy keeps it off.
apt-get install -y -qq --no-install-recommends $missing >/dev/null
