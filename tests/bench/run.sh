#!/usr/bin/env bash
# Measures ketsim beside the baselines: installs what is missing, builds the release with the benchmarks in build/bench,
# and prints a table for each section. Nothing here is a test: run it by hand on a machine that does nothing else.
# Usage: bash tests/bench/run.sh [--quick] [--rounds N] [--chart] [SECTION...]
#        sections: reference full scale threads ensemble sweep startup kernels (all of them without a name)
# Then `python3 tests/bench/measure.py --markdown` writes tests/bench/RESULTS.md from all numbers measured so far.
set -euo pipefail

if [[ " $* " == *" --help "* || " $* " == *" -h "* ]]; then
  sed -n '2,6s/^# //p' "${BASH_SOURCE[0]}"
  exit 0
fi
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source sim/cmake/stages.sh
mkdir -p build/bench
log=build/bench/log.txt
: >"$log"
export PYTHONDONTWRITEBYTECODE=1

stage "Installing what is missing" bash sim/cmake/install_packages.sh build bench
stage "Configuring preset bench" cmake --preset bench
stage "Building preset bench" cmake --build --preset bench
exec "$(python_with_packages)" tests/bench/measure.py "$@"
