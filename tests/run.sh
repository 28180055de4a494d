#!/usr/bin/env bash
# Installs what is missing, builds, and runs all C++ and Python tests. The last line is "N passed, N failed".
# Usage: bash tests/run.sh [dev|asan|tsan]
#
# One build serves both kinds of tests: preset `dev`, optimised lightly (-O1) with line numbers and the assertions of
# the standard library. It compiles about as fast as no optimisation at all and runs several times faster, so that
# compiling and running together are shortest; contracts (-ffp-contract=off, no fast-math, the same instruction set)
# make its numbers those of the release. KETSIM_WERROR=ON in the environment makes warnings errors.
set -euo pipefail

preset=${1:-dev}
case $preset in
  dev | asan | tsan) ;;
  *) echo "usage: bash tests/run.sh [dev|asan|tsan]" >&2; exit 2 ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
source sim/cmake/stages.sh
build=$root/build/$preset
results=$build/test-results
rm -rf "$results"
mkdir -p "$results"
log=$results/log.txt
python=$(python_with_packages)

export KETSIM_BINARY=$build/ketsim
export PYTHONDONTWRITEBYTECODE=1
export TSAN_OPTIONS="history_size=7 suppressions=$root/tests/tsan_suppressions.txt ${TSAN_OPTIONS:-}"
shards=$(nproc)
((shards <= 8)) || shards=8

# run_recorded NAME COMMAND...: the exit status goes to NAME.status; no NAME.xml beside it tells of a crash.
run_recorded() {
  local name=$1 status=0
  shift
  timeout 900 "$@" >"$results/$name.txt" 2>&1 </dev/null || status=$?
  echo "$status" >"$results/$name.status"
}

# The C++ tests are dealt out to one process per core.
run_cpp_tests() {
  local shard
  for ((shard = 0; shard < shards; ++shard)); do
    GTEST_TOTAL_SHARDS=$shards GTEST_SHARD_INDEX=$shard \
      run_recorded "cpp-$shard" "$build/ketsim_tests" --gtest_output="xml:$results/cpp-$shard.xml" &
  done
  wait
}

run_python_tests() {
  run_recorded python "$python" -m pytest -q --durations=5 -n "$shards" --dist loadfile --junit-xml="$results/python.xml" tests
}

configure_and_build() {
  stage "Installing what is missing" bash sim/cmake/install_packages.sh build analysis test &&
    stage "Configuring preset $preset" cmake --preset "$preset" -D KETSIM_PYTHON="$python" &&
    stage "Building preset $preset" cmake --build --preset "$preset"
}

if ! configure_and_build; then
  echo "0 passed, 1 failed"
  exit 1
fi
stage "Running the C++ tests" run_cpp_tests
stage "Running the Python tests" run_python_tests
exec "$python" tests/count_results.py "$results"
