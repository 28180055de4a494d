#!/usr/bin/env bash
# From a bare machine to the answer: what did the ROCKET programme change, against the same world without it?
# Installs what is missing, builds ketsim, simulates both worlds, draws charts, writes a report and prints the answer.
set -euo pipefail

usage() {
  cat <<'EOF'
usage: bash scenarios/demo.sh [--replicates N]
  --replicates N   simulate N pairs of worlds (default 100); 8 are enough for a first look
Everything it writes is under build/. KETSIM_PYTHON names the Python to use instead of /usr/bin/python3.
EOF
}

replicates=100
while (($#)); do
  case $1 in
    --replicates) replicates=${2:-}; shift ;;
    --replicates=*) replicates=${1#*=} ;;
    -h | --help) usage; exit 0 ;;
    *) echo "demo.sh: unknown option '$1'" >&2; usage >&2; exit 2 ;;
  esac
  if [[ ! "$replicates" =~ ^[1-9][0-9]{0,5}$ ]]; then
    echo "demo.sh: --replicates needs a whole number from 1 to 999999, not '$replicates'" >&2
    exit 2
  fi
  shift
done

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source sim/cmake/stages.sh
started=$EPOCHREALTIME
out=build/demo
log=$out/demo.log
mkdir -p "$out"
: >"$log"
python=$(python_with_packages)

stage "[1/6] Installing what is missing" bash sim/cmake/install_packages.sh build analysis
stage "[2/6] Configuring" cmake --preset release
stage "[3/6] Building build/release/ketsim" cmake --build --preset release
stage_aloud "[4/6] Simulating $replicates pairs of worlds" \
  build/release/ketsim compare scenarios/no_programme.yaml scenarios/rocket.yaml -o "$out/rocket.h5" --replicates "$replicates"
stage "[5/6] Drawing charts" "$python" analysis/charts.py "$out/rocket.h5" -o "$out/charts"
stage "[6/6] Writing the report" "$python" analysis/report.py "$out/rocket.h5" -o "$out/report.html"

echo
"$python" analysis/answer.py "$out/rocket.h5" | tee -a "$log"
cat <<EOF

Report   $out/report.html
Charts   $out/charts/
Results  $out/rocket.h5
Log      $log
Done in $(seconds_since "$started").
EOF
