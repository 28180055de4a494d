#!/usr/bin/env bash
# Installs the Debian packages of the named groups that are not there yet; with nothing missing it needs neither network
# nor root. Usage: bash sim/cmake/install_packages.sh [build] [analysis] [test] [bench] [fuzz] [full]
set -euo pipefail

declare -A group=(
  [build]="g++ cmake ninja-build libboost-random-dev libcli11-dev libeigen3-dev libfmt-dev libhdf5-dev
           librandom123-dev libssl-dev libtbb-dev libyaml-cpp-dev zlib1g-dev"
  [analysis]="python3-h5netcdf python3-h5py python3-jinja2 python3-matplotlib python3-netcdf4 python3-numpy
              python3-pandas python3-scipy python3-xarray"
  [test]="chromium chromium-driver faketime hdf5-tools libgmock-dev libgtest-dev munge python3-jsonschema python3-openturns
          python3-pytest python3-pytest-xdist python3-selenium python3-yaml slurm-wlm"
  [bench]="libbenchmark-dev python3-h5py python3-matplotlib python3-scipy"
  [fuzz]="clang libclang-rt-14-dev"
  [full]="clang clang-tidy cppcheck gcovr libclang-rt-14-dev"
)
declare -A by_hand=(
  [build]="a C++20 compiler, CMake 3.25, Ninja, Boost 1.74, CLI11, Eigen 3.4, fmt, HDF5 (C, HL), OpenSSL, Random123, oneTBB, yaml-cpp, zlib"
  [analysis]="Python 3.11 with analysis/requirements.txt"
  [test]="GoogleTest with GMock, h5diff, faketime, pytest with xdist, jsonschema, PyYAML, OpenTURNS; Chromium with chromedriver and Selenium for the report's tests; Slurm and MUNGE for those of batch scripts"
  [bench]="Google Benchmark, Python 3.11 with h5py, matplotlib, SciPy"
  [fuzz]="Clang 14 with its sanitizers and libFuzzer"
  [full]="Clang 14 with its sanitizers and libFuzzer, clang-tidy, cppcheck, gcovr"
)

wanted=()
for name in "$@"; do
  if [[ -z "${group[$name]:-}" ]]; then
    echo "install_packages.sh: unknown group '$name' (groups: build analysis test bench fuzz full)" >&2
    exit 2
  fi
  read -r -d '' -a packages <<<"${group[$name]}" || true
  wanted+=("${packages[@]}")
done
((${#wanted[@]})) || { echo "usage: install_packages.sh [build] [analysis] [test] [bench] [fuzz] [full]" >&2; exit 2; }

# Other systems: what is missing shows when the build or the analysis looks for it, so go on.
if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  needed=""
  for name in "$@"; do needed+="${needed:+; }${by_hand[$name]}"; done
  echo "No apt here; install by hand what is missing of: $needed" >&2
  exit 0
fi

installed=" $(dpkg-query -W -f '${db:Status-Status}:${Package} ' "${wanted[@]}" 2>/dev/null || true)"
missing=()
for package in "${wanted[@]}"; do
  [[ "$installed" == *" installed:$package "* ]] || missing+=("$package")
done
((${#missing[@]})) || exit 0

as_root=(env DEBIAN_FRONTEND=noninteractive)
if ((EUID != 0)); then
  if ! command -v sudo >/dev/null; then
    echo "install_packages.sh: neither root nor sudo; run as root: apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo "${as_root[@]}")
fi

echo "Installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq -o DPkg::Lock::Timeout=600
"${as_root[@]}" apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=600 "${missing[@]}"
