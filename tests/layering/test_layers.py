"""Includes point downwards only, libraries stay in their layer, and no file refers to the machine it was written on."""

import os
import re
from pathlib import Path

import layers
import pytest

ROOT = Path(__file__).resolve().parents[2]


def sources():
    """Path from the root and text of every C++ file of the program."""
    for top in ("include/ketsim", "sim"):
        for path in sorted((ROOT / top).rglob("*.[ch]pp")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_every_include_points_downwards():
    found = [violation for path, text in sources() for violation in layers.violations(path, text)]
    assert not found, "\n" + "\n".join(found)


def test_sources_are_found():
    assert any(path.startswith("include/ketsim/base/") for path, _ in sources())


def test_version_header_has_one_reader():
    readers = [path for path, text in sources() if "ketsim/version.hpp" in layers.INCLUDE.findall(text)]
    assert len(readers) <= 1, f"each of these recompiles at every commit: {readers}"
    assert all(path.endswith(".cpp") for path in readers)


@pytest.mark.parametrize(
    ("path", "include"),
    [
        ("sim/base/x.cpp", '"ketsim/rng/stream.hpp"'),  # upwards
        ("include/ketsim/engine/x.hpp", "<ketsim/processes/y.hpp>"),
        ("sim/rng/x.cpp", '"ketsim/parallel/rows.hpp"'),  # sideways
        ("sim/model/x.cpp", '"ketsim/results/series.hpp"'),
        ("sim/experiment/x.cpp", '"ketsim/io/hdf5_sink.hpp"'),
        ("sim/io/x.cpp", '"ketsim/experiment/ensemble.hpp"'),
        ("sim/policies/x.cpp", '"ketsim/processes/y.hpp"'),
        ("sim/policies/x.cpp", '"ketsim/policies/y.hpp"'),  # one plug-in sees another
        ("sim/policies/x.cpp", '"y.hpp"'),
        ("sim/policies/x.cpp", '"../processes/y.hpp"'),
        ("sim/engine/x.cpp", '"ketsim/nowhere/y.hpp"'),
        ("sim/nowhere/x.cpp", "<vector>"),
        ("sim/engine/x.cpp", "<Eigen/Core>"),  # libraries outside their layer
        ("sim/engine/x.cpp", "<tbb/parallel_for.h>"),
        ("sim/model/x.cpp", "<boost/random/normal_distribution.hpp>"),
        ("sim/rng/x.cpp", "<boost/math/distributions.hpp>"),
        ("sim/model/x.cpp", "<Random123/philox.h>"),
        ("sim/experiment/x.cpp", "<hdf5.h>"),
        ("sim/cli/x.cpp", "<H5Fpublic.h>"),
        ("sim/describe/x.cpp", "<yaml-cpp/yaml.h>"),
        ("sim/io/x.cpp", "<CLI/CLI.hpp>"),
        ("sim/base/x.cpp", "<unistd.h>"),
        ("sim/io/x.cpp", "<nlohmann/json.hpp>"),  # no library of ours
        ("sim/model/x.cpp", "<execution>"),
    ],
)
def test_checker_refuses(path, include):
    violations = layers.violations(path, f"// a file\n  #  include {include}\n")
    assert len(violations) == 1
    assert violations[0].startswith(path)


@pytest.mark.parametrize(
    ("path", "include"),
    [
        ("sim/base/x.cpp", '"ketsim/base/x.hpp"'),
        ("sim/policies/x.cpp", '"ketsim/policies/x.hpp"'),
        ("sim/policies/x.cpp", '"ketsim/engine/instrument.hpp"'),
        ("sim/main.cpp", '"ketsim/cli/main.hpp"'),
        ("sim/cli/x.cpp", '"ketsim/io/hdf5_sink.hpp"'),
        ("sim/cli/x.cpp", "<CLI/CLI.hpp>"),
        ("include/ketsim/model/x.hpp", "<Eigen/Core>"),
        ("sim/rng/x.cpp", "<boost/random/poisson_distribution.hpp>"),
        ("sim/parallel/x.cpp", "<tbb/parallel_for.h>"),
        ("sim/io/x.cpp", '"text_file.hpp"'),  # private to its folder
        ("sim/io/x.cpp", "<hdf5_hl.h>"),
        ("sim/engine/x.cpp", "<fmt/format.h>"),
        ("sim/io/x.cpp", "<unistd.h>"),
        ("sim/designs/x.cpp", "<vector>"),
    ],
)
def test_checker_accepts(path, include):
    assert layers.violations(path, f"#include {include}\n") == []


# Assembled from parts, so that this file does not match itself.
FOREIGN_PATH = re.compile("|".join([r"\.\./" + r"shared\b", r"(?<![\w.])/" + r"(work|root|home)/\w"]))
TEXT_FILES = {".cpp", ".hpp", ".py", ".sh", ".md", ".yaml", ".yml", ".csv", ".txt", ".cmake", ".json", ".in", ".cff", ""}


def project_files():
    """Every text file of the project, builds and vendored code left out."""
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = [name for name in subfolders if name not in {".git", "build", "vendor", "__pycache__"}]
        yield from (Path(folder, name) for name in names if Path(name).suffix in TEXT_FILES)


def test_no_file_refers_to_the_machine_it_was_written_on():
    found = []
    for path in project_files():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if FOREIGN_PATH.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    assert not found, "\n" + "\n".join(found)
