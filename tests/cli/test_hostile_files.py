"""Sweep files, results, journals and plans that mean harm: as test_hostile.py, which has scenarios."""

import os
import re

import h5py
import pytest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "design: {kind: grid}\n",
        "scenarios: [x.yaml]\ndesign: {kind: grid}\nfactors: {a: {path: network.mixing}}\n",
        "scenarios: [small.yaml]\ndesign: {kind: grid}\nfactors: {a: {path: network.mixing, low: .nan}}\n",
        "scenarios: [small.yaml]\ndesign: {kind: grid}\nfactors: {a: {path: network.mixing, low: 1, high: -1}}\n",
        "scenarios: [small.yaml]\ndesign: {kind: grid}\nfactors: {a: {path: population.agents, low: 0, high: 4e9}}\n",
        "scenarios: [small.yaml]\ndesign: {kind: saltelli, params: {base_points: 1000000}}\nfactors: {a: {path: network.mixing}, b: {path: network.turnover}}\n",
        "scenarios: [small.yaml]\nreplicates: 9000000000000000\ndesign: {kind: sobol}\nfactors: {a: {path: network.mixing}}\n",
        "scenarios: [small.yaml]\ndesign: {kind: list, params: {file: /dev/zero}}\nfactors: {a: {path: network.mixing}}\n",
        "scenarios: [small.yaml]\ndesign: {kind: grid}\nevery: 0\nfactors: {'../a': {path: network.mixing}}\n",
        "extends: sweep.yaml\nscenarios: [small.yaml]\n",
    ],
)
def test_sweeps_that_mean_harm_are_refused(guarded, small, write, tmp_path, text):
    small()
    write("sweep.yaml", text)
    done = guarded("sweep", "plan", "sweep.yaml", "-o", "s")
    assert done.code == 2 and done.err, done
    assert not (tmp_path / "s").exists()


@pytest.fixture
def result(guarded, small, tmp_path):
    """Bytes of a result file."""
    assert guarded("run", small(replicates=1, population={"agents": 20}), "-o", "good.h5").code == 0
    return (tmp_path / "good.h5").read_bytes()


def test_results_cut_anywhere_are_refused(refused, result):
    for size in (8, 9, 48, 96, 1_000, len(result) // 2, len(result) - 1):
        assert "x.h5" in refused(result[:size], "x.h5")


def test_results_with_a_byte_turned_are_refused_or_read(guarded, result, tmp_path):
    for at in range(0, min(len(result), 4_000), 50):
        turned = bytearray(result)
        turned[at] ^= 0xFF
        (tmp_path / "x.h5").write_bytes(turned)
        done = guarded("validate", "x.h5")
        assert done.code in (0, 2), (at, done)


@pytest.mark.parametrize(
    "content",
    ["", "{", "a: [", "population: 5\n", "\N{SNOWMAN}" * 1_000, "extends: /etc/passwd\n",
     "population: {regions_file: /etc/passwd, organisations_file: /etc/passwd}\n"],
)
def test_made_up_scenarios_in_results_are_refused(guarded, result, tmp_path, content):
    path = tmp_path / "x.h5"
    path.write_bytes(result)
    with h5py.File(path, "r+") as file:
        file["provenance/resolved_scenario"][...] = content
    done = guarded("validate", path)
    assert done.code == 2 and "root:" not in done.err


def test_results_with_other_types_are_refused(guarded, result, tmp_path):
    for name, value in [("scenario", 5), ("scenario", [[1.0]]), ("resolved_scenario", b"fixed"), ("scenario", None)]:
        path = tmp_path / "x.h5"
        path.write_bytes(result)
        with h5py.File(path, "r+") as file:
            del file["provenance"][name]
            if value is not None:
                file["provenance"][name] = value
        assert guarded("validate", path).code == 2


@pytest.fixture
def planned(guarded, small, write, tmp_path):
    """Folder of a planned sweep of four runs."""
    small(population={"agents": 20})
    write("sweep.yaml", "scenarios: [small.yaml]\nreplicates: 2\ndesign: {kind: grid, params: {levels: 2}}\n"
                        "factors: {a: {path: network.mixing, low: 0.1, high: 0.2}}\n")
    done = guarded("sweep", "plan", "sweep.yaml", "-o", "s")
    assert done.code == 0, done.err
    return tmp_path / "s"


@pytest.mark.parametrize("content", [b"", b"ketsim", b"ketsim journal 1\n" + b"\xff" * 200, b"ketsim journal 1\n" + b"\0" * 100_000,
                                     b"not a journal\n", b"\x89HDF\r\n\x1a\n"], ids=["empty", "cut", "noise", "zeros", "text", "hdf5"])
def test_journals_that_are_none_are_refused_or_passed_over(guarded, planned, content):
    (planned / "runs/shard-1-of-1.journal").write_bytes(content)
    for arguments in (["sweep", "status", planned], ["sweep", "run", planned], ["sweep", "collect", planned, "-o", "x.h5"]):
        done = guarded(*arguments)
        assert done.code in (0, 1, 2) and (done.code == 0 or done.err), (arguments, done)


def test_strangers_in_the_folder_of_runs_are_refused_and_not_waited_for(guarded, planned):
    for name, make in [("a.journal", os.mkfifo), ("b.journal", os.mkdir), ("c.journal", lambda path: os.symlink("/dev/zero", path))]:
        path = planned / "runs" / name
        make(path)
        done = guarded("sweep", "status", planned)
        assert done.code in (0, 1, 2) and (done.code == 0 or name in done.err), done
        path.rmdir() if path.is_dir() else path.unlink()


def test_a_plan_that_was_changed_by_hand_is_refused(guarded, planned):
    good = (planned / "plan.yaml").read_text(encoding="utf-8")
    for old, new in [("format_version", "format_versio"), ("sweep:", "swep:"), ("replicates: 2", "replicates: -2"), (good, ""),
                     ("replicates: 2", "replicates: 99999999999999")]:
        assert old in good
        (planned / "plan.yaml").write_text(good.replace(old, new, 1), encoding="utf-8")
        done = guarded("sweep", "status", planned)
        assert done.code == 2 and done.err, (old, done)
    (planned / "plan.yaml").write_text(good, encoding="utf-8")
    (planned / "points.csv").write_text("a\n", encoding="utf-8")
    assert guarded("sweep", "status", planned).code == 2


def test_libraries_of_the_folder_where_it_is_called_are_not_loaded(binary, guarded, tmp_path):
    names = set(re.findall(rb"\0(lib[\w+.-]+?\.so[.\d]*)(?=\0)", binary.read_bytes()))
    assert b"libc.so.6" in names
    for name in names:
        (tmp_path / name.decode()).write_bytes(b"no library")
    assert guarded("--version").code == 0
