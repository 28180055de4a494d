#!/usr/bin/env bash
# Puts deliberate faults into the model, one by one, and looks whether the C++ tests notice each.
# Usage: bash tests/mutation.sh [NAME...]    (every fault of tests/mutations)
#
# tests/mutations/NAME.patch is a mistake that somebody could make; its first line says what is wrong with the model. It is
# put into a copy of the last commit, which is removed at the end. A fault that no test notices asks for a test; one that
# no longer applies is to be made anew from the code as it is. The last line is "N passed, N failed".
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
source sim/cmake/stages.sh
mkdir -p build
log=$root/build/mutation-log.txt
: >"$log"
names=("$@")
((${#names[@]})) || mapfile -t names < <(basename -a -s .patch tests/mutations/*.patch)
for name in "${names[@]}"; do
  [[ -f "tests/mutations/$name.patch" ]] || { echo "mutation.sh: no fault '$name' in tests/mutations" >&2; exit 2; }
done
shards=$(nproc)
((shards <= 8)) || shards=8

copy=$(mktemp -d)
running=()
clean_up() {
  ((${#running[@]} == 0)) || kill "${running[@]}" 2>/dev/null || true
  wait
  rm -rf "$copy"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

copy_and_configure() {
  git clone --quiet --local "$root" "$copy/tree" && cd "$copy/tree" && cmake --preset dev
}
build() { cmake --build --preset dev --target ketsim_tests; }

# The tests are dealt out to one process per core; each stops at the first that fails.
run_tests() {
  local shard status=0
  running=()
  for ((shard = 0; shard < shards; ++shard)); do
    GTEST_TOTAL_SHARDS=$shards GTEST_SHARD_INDEX=$shard timeout 900 build/dev/ketsim_tests --gtest_fail_fast \
      >"$copy/tests-$shard.txt" 2>&1 </dev/null &
    running+=($!)
  done
  for shard in "${!running[@]}"; do
    wait "${running[shard]}" || { status=1; noticed+=("$(noticed_by "$copy/tests-$shard.txt")"); }
  done
  running=()
  cat "$copy"/tests-*.txt
  return "$status"
}

# noticed_by OUTPUT: the test that failed, else the one in which the process crashed or went on for ever.
noticed_by() {
  local failed
  failed=$(sed -n 's/^\[  FAILED  \] \([^ ,]*\).*/\1/p' "$1" | head -n 1)
  [[ -n "$failed" ]] || failed=$(sed -n 's/^\[ RUN      \] //p' "$1" | tail -n 1)
  echo "${failed:-the program, before any test}"
}

if ! { stage "Installing what is missing" bash sim/cmake/install_packages.sh build test &&
  stage "Configuring a copy of the last commit" copy_and_configure &&
  stage "Building it" build && stage "Running its tests" run_tests; }; then
  echo "0 passed, 1 failed"
  exit 1
fi

passed=0
failed=0
for name in "${names[@]}"; do
  patch=$root/tests/mutations/$name.patch
  started=$EPOCHREALTIME
  noticed=()
  printf '%s: %s ' "$name" "$(head -n 1 "$patch")"
  verdict="NOT NOTICED"
  if ! git apply "$patch" >>"$log" 2>&1; then
    verdict="NOT TRIED: the patch no longer applies"
  elif ! build >>"$log" 2>&1; then
    verdict="NOT TRIED: it does not compile"
  elif ! run_tests >>"$log" 2>&1; then
    verdict="Noticed by $(printf '%s\n' "${noticed[@]}" | paste -s -d ' ' | sed 's/ / and /g')"
  fi
  git checkout --quiet .
  printf '%s (%s)\n' "$verdict" "$(seconds_since "$started")"
  if ((${#noticed[@]})); then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
echo "$passed passed, $failed failed"
((failed == 0))
