"""The archive of CPack runs wherever it is unpacked, with nothing of the build and of the system but the C library."""

import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

#: What the archive leaves to the system.
OF_THE_SYSTEM = re.compile(r"(ld-linux.*|lib(c|m|dl|rt|pthread|resolv|util))\.so")
A_SWEEP = """\
scenarios: [/ketsim/scenarios/rocket.yaml]
replicates: 2
outputs: [adopters]
design: {kind: sobol, params: {points: 2}}
factors: {mixing: {path: network.mixing}}
"""


def call(*command, **options):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def build():
    """Build tree of the program under test."""
    named = os.environ.get("KETSIM_BINARY")
    tree = Path(named).parent if named else Path(__file__).resolve().parents[2] / "build/dev"
    if not (tree / "CPackConfig.cmake").exists() or not (tree / "ketsim").exists():
        (pytest.fail if named else pytest.skip)(f"{tree} holds no build")
    return tree


@pytest.fixture(scope="module")
def unpacked(build, tmp_path_factory):
    """Folder of the archive's content, as `ketsim` in a folder of its own."""
    folder = tmp_path_factory.mktemp("archive")
    call("cpack", "-G", "TGZ", "-B", folder, "--config", build / "CPackConfig.cmake", cwd=folder)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as content:
        content.extractall(folder / "out")
    (top,) = (folder / "out").iterdir()
    return top.rename(folder / "out/ketsim")


def libraries(program):
    """Name -> path of the libraries that a program would load."""
    lines = [line.split() for line in call("ldd", program, env={}).splitlines()]
    return {words[0]: words[2] for words in lines if "=>" in words}


def test_it_holds_what_a_user_needs(unpacked):
    for name in ("bin/ketsim", "scenarios/rocket.yaml", "scenarios/data/regions.csv", "analysis/report.py", "README.md", "LICENSE"):
        assert (unpacked / name).is_file()
    assert not list(unpacked.rglob("__pycache__"))


def test_it_names_no_folder_of_the_build(unpacked, build):
    dynamic = call("readelf", "-d", unpacked / "bin/ketsim")
    first, *others = re.search(r"\(RPATH\).*\[(.*)\]", dynamic).group(1).split(":")
    assert first == "$ORIGIN/../lib/ketsim" and all(path.startswith("/") for path in others)  # empty: where it is called
    assert str(build) not in dynamic
    found = libraries(unpacked / "bin/ketsim")
    assert len(found) > 5
    for name, path in found.items():
        assert OF_THE_SYSTEM.match(name) or Path(path).resolve().is_relative_to(unpacked / "lib"), f"{name} is taken from {path}"


def test_it_runs_where_there_is_nothing_else(unpacked, tmp_path):
    mounted = ["unshare", "--mount", "sh", "-c", 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"', tmp_path]
    (tmp_path / "proc").mkdir()
    if subprocess.run(["unshare", "--mount", "mount", "-t", "proc", "proc", tmp_path / "proc"], capture_output=True).returncode != 0:
        pytest.skip("needs the right to mount and to change the root folder")
    shutil.copytree(unpacked, tmp_path / "ketsim", symlinks=True)
    loader = re.search(r"(/\S*ld-linux\S*)", call("readelf", "-l", unpacked / "bin/ketsim")).group(1).rstrip("]")
    for path in [loader, *(p for name, p in libraries(unpacked / "bin/ketsim").items() if OF_THE_SYSTEM.match(name))]:
        target = tmp_path / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    (tmp_path / "sweep.yaml").write_text(A_SWEEP)
    alone = [*mounted, "/ketsim/bin/ketsim"]
    assert call(*alone, "--version").startswith("ketsim ")
    scenarios = ["/ketsim/scenarios/no_programme.yaml", "/ketsim/scenarios/rocket.yaml"]
    call(*alone, "compare", *scenarios, "-o", "/x.h5", "--replicates", 2, "--set", "population.agents=200")
    call(*alone, "sweep", "plan", "/sweep.yaml", "-o", "/d")
    call(*alone, "sweep", "run", "/d")
    call(*alone, "sweep", "collect", "/d", "-o", "/d.h5", "--complete")
    assert (tmp_path / "x.h5").stat().st_size > 0 and (tmp_path / "d.h5").stat().st_size > 0
