#!/usr/bin/env bash
# Everything that takes too long for each change: hours. Each stage prints one line; the last line is "N passed, N failed".
# Usage: bash tests/full.sh [STAGE...]    stages: sanitized asan tsan tidy cppcheck coverage mutation fuzz kills soak
set -uo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
root=$PWD
export KETSIM_WERROR=ON
source sim/cmake/stages.sh
mkdir -p build
log=$root/build/full-log.txt
: >"$log"
python=$(python_with_packages)
stages=("$@")
((${#stages[@]})) || stages=(sanitized asan tsan tidy cppcheck coverage mutation fuzz kills soak)

sanitized() { bash tests/sanitized.sh; }
asan() { bash tests/run.sh asan; }

# What runs in parallel: rows, pipelines, worlds of an experiment and runs of a sweep that share results and journals.
tsan() {
  cmake --preset tsan -D KETSIM_TEST_FOLDERS="parallel|experiment" && cmake --build --preset tsan --target ketsim_tests &&
    TSAN_OPTIONS="history_size=7 suppressions=$root/tests/tsan_suppressions.txt" build/tsan/ketsim_tests
}

# Without precompiled headers, which are g++'s own, and file by file.
compile_commands() {
  cmake --preset dev -B build/tidy -D CMAKE_C_COMPILER=clang -D CMAKE_CXX_COMPILER=clang++ \
    -D CMAKE_DISABLE_PRECOMPILE_HEADERS=ON -D CMAKE_UNITY_BUILD=OFF && cmake --build build/tidy --target ketsim_write_version
}
sources() { find sim -name '*.cpp' -print0; }
tidy() {
  compile_commands && sources | xargs -0 -n 4 -P "$(nproc)" clang-tidy -p build/tidy --quiet --warnings-as-errors='*'
}

# Of the checks of cppcheck those that find mistakes; style is clang-tidy's.
cppcheck_all() {
  sources | tr '\0' '\n' >build/sources.txt
  cppcheck --file-list=build/sources.txt --std=c++20 --language=c++ --enable=warning,performance,portability \
    --inline-suppr --suppressions-list=tests/cppcheck_suppressions.txt --quiet --error-exitcode=1 -I include -j "$(nproc)"
}

# Dealt out to one process per core, which add up what they reach.
covered_cpp_tests() {
  local shard shards failed=0 running=()
  shards=$(nproc)
  for ((shard = 0; shard < shards; ++shard)); do
    GTEST_TOTAL_SHARDS=$shards GTEST_SHARD_INDEX=$shard build/coverage/ketsim_tests --gtest_brief=1 &
    running+=($!)
  done
  for shard in "${running[@]}"; do wait "$shard" || failed=1; done
  return "$failed"
}

coverage() {
  cmake --preset dev -B build/coverage -D CMAKE_CXX_FLAGS="--coverage -fprofile-update=prefer-atomic" &&
    cmake --build build/coverage && covered_cpp_tests &&
    KETSIM_BINARY=$root/build/coverage/ketsim "$python" -m pytest -q -n "$(nproc)" --dist loadfile tests/cli tests/io tests/faults
  local tests=$?
  gcovr --root . --filter 'sim/' --filter 'include/' --exclude 'sim/cli/' --exclude 'sim/main.cpp' \
    --exclude-throw-branches --txt build/coverage.txt --fail-under-line 95 build/coverage
  local lines=$?
  cat build/coverage.txt
  return "$((tests | lines))"
}

mutation() { bash tests/mutation.sh; }
fuzz() { bash tests/fuzz/run.sh 600; }
kills() { build_release && KETSIM_BINARY=$root/build/release/ketsim "$python" tests/faults/kill.py 200; }
soak() { build_release && bash tests/soak.sh 60; }
build_release() { cmake --preset release && cmake --build --preset release; }

passed=0
failed=0
run() {
  if stage "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

stage "Installing what is missing" bash sim/cmake/install_packages.sh build analysis test full || failed=1
for name in "${stages[@]}"; do
  case $name in
    asan) run "All tests under AddressSanitizer" asan ;;
    tsan) run "Tests of threads under ThreadSanitizer" tsan ;;
    tidy) run "clang-tidy" tidy ;;
    cppcheck) run "cppcheck" cppcheck_all ;;
    coverage)
      run "Lines of layers 0 to 6 that tests reach" coverage
      [[ ! -s build/coverage.txt ]] || tail -n 3 build/coverage.txt
      ;;
    mutation) run "Deliberate faults" mutation ;;
    fuzz) run "Fuzzing for an hour" fuzz ;;
    kills) run "200 kills" kills ;;
    soak) run "An hour of the same" soak ;;
    *) echo "full.sh: no stage '$name'" >&2; exit 2 ;;
  esac
done
echo "$passed passed, $failed failed"
((failed == 0))
