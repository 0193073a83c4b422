#!/bin/sh
# Names what is missing and the command that installs it; installs nothing.
faults=0
fault() {
    echo "resonance: $1" >&2
    echo "           $2" >&2
    faults=1
}

if ! command -v python3 >/dev/null 2>&1; then
    fault "Python 3.11 or newer is missing." "Type: sudo apt install python3 python3-venv"
elif ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    fault "Python 3.11 or newer is needed; python3 is $(python3 -V 2>&1)." "Type: sudo apt install python3.11 python3.11-venv"
elif ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    fault "Python's venv module is missing." "Type: sudo apt install python3-venv"
fi

if ! command -v node >/dev/null 2>&1; then
    fault "Node.js 20.19 or newer is missing." "Type: sudo apt install nodejs npm   (or see nodejs.org where that is older than 20.19)"
elif ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
    fault "Node.js 20.19 or newer is needed; this is $(node -v)." "See nodejs.org for packages of Node 20 or newer."
elif ! command -v npm >/dev/null 2>&1; then
    fault "npm is missing." "Type: sudo apt install npm"
fi

[ "$faults" = 0 ] || exit 2
