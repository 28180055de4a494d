#!/usr/bin/env bash
# Builds with Clang under AddressSanitizer and UndefinedBehaviorSanitizer, and runs the C++ tests that memory errors
# would hide in. The last line is "N passed, N failed". Usage: bash tests/sanitized.sh [FOLDER...]
#
# Without folders of tests/ named, those of what reads bytes of strangers (base, describe, io, scenario, designs), of worlds that are put down and taken
# up again, where every scenario runs all processes, instruments and observers (engine), and of journals and threads that
# share results (experiment). Tests of the model's laws and numbers run the same code longer: `bash tests/run.sh asan`
# has them too.
set -euo pipefail

folders=("$@")
((${#folders[@]})) || folders=(base describe designs engine experiment io scenario)
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
source sim/cmake/stages.sh
build=$root/build/fuzz
results=$build/test-results
rm -rf "$results"
mkdir -p "$results"
log=$results/log.txt
python=$(python_with_packages)

configure_and_build() {
  stage "Installing what is missing" bash sim/cmake/install_packages.sh build test fuzz &&
    stage "Configuring preset fuzz" cmake --preset fuzz -D KETSIM_PYTHON="$python" -D KETSIM_TEST_FOLDERS="$(IFS='|'; echo "${folders[*]}")" &&
    stage "Building the tests with Clang" cmake --build --preset fuzz --target ketsim_tests
}

# The tests are dealt out to one process per core.
run_tests() {
  local shard shards
  shards=$(nproc)
  ((shards <= 8)) || shards=8
  for ((shard = 0; shard < shards; ++shard)); do
    (
      status=0
      GTEST_TOTAL_SHARDS=$shards GTEST_SHARD_INDEX=$shard UBSAN_OPTIONS=print_stacktrace=1 \
        timeout 900 "$build/ketsim_tests" --gtest_output="xml:$results/cpp-$shard.xml" \
        >"$results/cpp-$shard.txt" 2>&1 </dev/null || status=$?
      echo "$status" >"$results/cpp-$shard.status"
    ) &
  done
  wait
}

if ! configure_and_build; then
  echo "0 passed, 1 failed"
  exit 1
fi
stage "Running them under sanitizers" run_tests
exec "$python" tests/count_results.py "$results"
