"""Facts about the programs: answers, exit codes, one sentence for a bad file."""

import h5py
import pytest
import xarray as xr

import answer
import charts
import report

PROGRAMS = ["answer.py", "charts.py", "report.py"]


def test_answer_gives_each_number_with_its_interval(sample, call):
    code, output, errors = call(answer.main, sample)
    assert code == 0 and errors == ""
    for label in (
        "Additional adopters, net",
        "EUR per additional adopter",
        "Products",
        "Cross-border share",
    ):
        line = next(line for line in output.splitlines() if label in line)
        assert line.count("[") == 2 and line.count(" to ") == 2
    assert "95 % interval of the mean" in output and "against the baseline" in output


def test_answer_of_a_run_says_that_it_needs_a_baseline(run_sample, call):
    code, output, _ = call(answer.main, run_sample)
    assert code == 0 and "ketsim compare" in output and "EUR per additional" not in output


def not_hdf5(path, sample):
    path.write_text("title: not a result\n")


def empty(path, sample):
    path.touch()


def cut(path, sample):
    path.write_bytes(sample.read_bytes()[: sample.stat().st_size // 2])


def missing(path, sample):
    pass


def folder(path, sample):
    path.mkdir()


def other_hdf5(path, sample):
    xr.Dataset({"a": ("x", [1.0, 2.0])}).to_netcdf(path, engine="h5netcdf")


def bare_hdf5(path, sample):
    with h5py.File(path, "w") as file:
        file["numbers"] = [1, 2, 3]


def newer(path, sample):
    path.write_bytes(sample.read_bytes())
    with h5py.File(path, "a") as file:
        file.attrs["format_version"] = 2


BAD = [
    (not_hdf5, "is not an HDF5 file"),
    (empty, "is empty"),
    (cut, "is cut off"),
    (missing, "no such file"),
    (folder, "is not a file"),
    (other_hdf5, "not a ketsim result"),
    (bare_hdf5, "ketsim result"),
    (newer, "format version 2, newer than 1"),
]


@pytest.mark.parametrize("spoil, words", BAD, ids=[spoil.__name__ for spoil, _ in BAD])
def test_bad_file_is_one_sentence_and_exit_code_2(spoil, words, sample, call, tmp_path):
    path = tmp_path / "bad.h5"
    spoil(path, sample)
    code, output, errors = call(answer.main, path)
    assert code == 2 and output == ""
    assert words in errors and len(errors.splitlines()) == 1 and str(path) in errors


@pytest.mark.parametrize("main", [charts.main, report.main])
def test_every_program_refuses_bad_files_and_leaves_nothing(main, call, tmp_path):
    path, out = tmp_path / "bad.h5", tmp_path / "out"
    path.write_text("x")
    code, _, errors = call(main, path, "-o", out)
    assert code == 2 and "is not an HDF5 file" in errors and not out.exists()


def test_folder_that_cannot_be_made_is_one_sentence(sample, call, tmp_path):
    (tmp_path / "taken").write_text("a file")
    code, _, errors = call(charts.main, sample, "-o", tmp_path / "taken")
    assert code == 2 and len(errors.splitlines()) == 1 and "taken" in errors


def test_exit_code_reaches_the_shell(program, tmp_path):
    done = program("answer.py", tmp_path / "none.h5")
    assert done.returncode == 2 and done.stderr.startswith("answer.py: ")


@pytest.mark.parametrize("name", PROGRAMS)
def test_missing_package_is_named_with_the_command_that_installs_it(name, program):
    done = program(
        name, "any.h5", python=("-S", "-E")
    )  # without site, installed packages are not found
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert (
        "apt-get install" in done.stderr
        and "requirements.txt" in done.stderr
        and "python3-" in done.stderr
    )


def test_usage_errors_are_exit_code_2(call):
    assert call(charts.main)[0] == 2
