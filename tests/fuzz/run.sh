#!/usr/bin/env bash
# Builds the fuzz targets with Clang's AddressSanitizer and UndefinedBehaviorSanitizer and runs each for some seconds.
# Usage: bash tests/fuzz/run.sh [SECONDS [TARGET...]]    (10 seconds; all targets)
#
# A target starts from a copy of corpus/TARGET, from the example scenarios where it reads such, and from what earlier
# runs found in build/fuzz/corpus. It fails, with the file that did it under build/fuzz/failures, where an input ends in
# a crash, takes more than a second, or takes more than 500 MB. Sanitized code is several times slower and larger than
# the program, so the limits here are 5 s for one input, 500 MB for one allocation and 1 GB in all.
# The last line is "N passed, N failed".
set -euo pipefail

seconds=${1:-10}
[[ "$seconds" =~ ^[0-9]+$ ]] || { echo "usage: bash tests/fuzz/run.sh [SECONDS [TARGET...]]" >&2; exit 2; }
shift || true
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD
source sim/cmake/stages.sh
mkdir -p build
log=$root/build/fuzz-log.txt
: >"$log"
targets=("$@")
((${#targets[@]})) || targets=(checkpoint journal result scenario sweep tables)

configure_and_build() {
  stage "Installing what is missing" bash sim/cmake/install_packages.sh build test fuzz &&
    stage "Configuring preset fuzz" cmake --preset fuzz &&
    stage "Building the fuzz targets" cmake --build --preset fuzz --target "${targets[@]/#/fuzz_}"
}

# Inputs that a target begins with beside its corpus.
examples_of() {
  case $1 in
    scenario) find scenarios -name '*.yaml' -not -path '*/sweeps/*' ;;
    sweep) find scenarios/sweeps -name '*.yaml' ;;
  esac
}

fuzz() {
  local target=$1 found=build/fuzz/corpus/$1 failures=build/fuzz/failures/
  mkdir -p "$found" "$failures"
  cp tests/fuzz/corpus/"$target"/* "$found"
  local example leaks=1
  [[ "$target" != result ]] || leaks=0  # HDF5 itself leaks a little where it gives up on a file
  while read -r example; do cp "$example" "$found/${example//\//-}"; done < <(examples_of "$target")
  ASAN_OPTIONS=quarantine_size_mb=16:detect_leaks=$leaks:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1 \
    build/fuzz/fuzz/fuzz_"$target" -max_total_time="$seconds" -timeout=5 -malloc_limit_mb=500 -rss_limit_mb=1024 \
    -max_len=20000 -detect_leaks="$leaks" -artifact_prefix="$failures$target-" -print_final_stats=1 "$found"
}

if ! configure_and_build; then
  echo "0 passed, 1 failed"
  exit 1
fi

# One target a core; the exit status of each goes to TARGET.status.
results=build/fuzz/fuzz-results
fuzz_all() {
  local target
  rm -rf "$results"
  mkdir -p "$results"
  for target in "${targets[@]}"; do
    (($(jobs -rp | wc -l) < $(nproc))) || wait -n || true
    {
      fuzz "$target" >"$results/$target.txt" 2>&1 && status=0 || status=$?
      echo "$status" >"$results/$target.status"
    } &
  done
  wait
}

stage "Fuzzing ${#targets[@]} targets for $seconds s each" fuzz_all
passed=0
failed=0
for target in "${targets[@]}"; do
  cat "$results/$target.txt" >>"$log"
  if [[ "$(cat "$results/$target.status")" == 0 ]]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $target"
    tail -n 40 "$results/$target.txt" | sed 's/^/  | /'
  fi
done
echo "$passed passed, $failed failed"
((failed == 0))
