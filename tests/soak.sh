#!/usr/bin/env bash
# Works for a long time and looks whether memory, handles or results drift. Usage: bash tests/soak.sh [MINUTES]    (60)
# Needs the release build (`cmake --build --preset release`), or KETSIM_BINARY. What it does: tests/faults/soak.py.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source sim/cmake/stages.sh
exec "$(python_with_packages)" tests/faults/soak.py "${1:-60}"
