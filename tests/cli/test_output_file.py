"""Where a result may be written, and that nothing unfinished ever stands under its name."""

import os
import signal
import subprocess
import time

import pytest


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("folder", "-o folder: is a folder; name a file in it, as folder/result.h5"),
        ("nowhere/x.h5", "-o nowhere/x.h5: the folder nowhere does not exist"),
        ("file.txt/x.h5", "-o file.txt/x.h5: the folder file.txt does not exist"),
        ("/dev/null", "-o /dev/null: is not a regular file"),
        ("", "-o : the file has no name"),
    ],
)
def test_place_without_room_for_a_file_is_refused(ketsim, small, tmp_path, output, message):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.txt").touch()
    done = ketsim("run", small(), "-o", output)
    assert (done.code, done.lines) == (2, [message])


def test_inputs_are_never_written_over(ketsim, small, write, scenarios, tmp_path):
    organisations = (scenarios / "data/organisations.csv").read_text(encoding="utf-8")
    write("organisations.csv", organisations)
    base = small("base.yaml", population={"agents": 150, "organisations_file": "organisations.csv"})
    write("top.yaml", "extends: base.yaml\ntitle: x\n")
    (tmp_path / "link.h5").symlink_to(base)
    for output in ("top.yaml", "base.yaml", "./base.yaml", "link.h5", "organisations.csv"):
        done = ketsim("run", "top.yaml", "-o", output)
        assert done.code == 2
        assert done.lines[0].startswith(f"-o {output}: would write over the input ")
    assert (tmp_path / "organisations.csv").read_text(encoding="utf-8") == organisations


def test_result_is_not_written_over_the_result_it_starts_from(ketsim, small, tmp_path):
    assert ketsim("run", small(), "-o", "a.h5").code == 0
    before = (tmp_path / "a.h5").read_bytes()
    for source in ("a.h5", "a.h5#small"):
        assert ketsim("run", source, "-o", "a.h5").code == 2
    (tmp_path / "b.h5.part").write_bytes(before)
    assert ketsim("run", "b.h5.part", "-o", "b.h5").code == 2
    assert (tmp_path / "a.h5").read_bytes() == (tmp_path / "b.h5.part").read_bytes() == before


def test_bad_input_leaves_no_file(ketsim, small, tmp_path):
    assert ketsim("run", small(seed="x"), "-o", "a.h5").code == 2
    assert not list(tmp_path.glob("a.h5*"))


def test_older_result_is_replaced(ketsim, small, tmp_path):
    (tmp_path / "a.h5").write_text("old", encoding="utf-8")
    assert ketsim("run", small(), "-o", "a.h5").code == 0
    assert (tmp_path / "a.h5").stat().st_size > 1000


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_followed(ketsim, small, tmp_path, there):
    (tmp_path / "scratch").mkdir()
    (tmp_path / "a.h5").symlink_to("b.h5")
    (tmp_path / "b.h5").symlink_to(tmp_path / "scratch/c.h5")
    if there:
        (tmp_path / "scratch/c.h5").write_text("old", encoding="utf-8")
    done = ketsim("run", small(), "-o", "a.h5")
    assert (done.code, done.lines[0]) == (0, f"wrote {tmp_path}/scratch/c.h5")
    assert (tmp_path / "scratch/c.h5").stat().st_size > 1000
    assert (tmp_path / "a.h5").is_symlink() and (tmp_path / "b.h5").is_symlink()
    assert ketsim("validate", "a.h5").code == 0


def test_inputs_are_not_written_over_by_way_of_a_link_or_of_kept_work(ketsim, small, scenarios, tmp_path):
    regions = (scenarios / "data/regions.csv").read_text(encoding="utf-8")
    (tmp_path / "link.h5").symlink_to("t.h5")
    for output, table in (("link.h5", "t.h5.part"), ("link.h5", "t.h5.ckpt"), ("x.h5", "x.h5.ckpt.7"), ("x.h5", "x.h5.ckpt.7.part")):
        (tmp_path / table).write_text(regions, encoding="utf-8")
        done = ketsim("run", small(population={"agents": 150, "regions_file": table}), "-o", output)
        assert (done.code, done.lines) == (2, [f"-o {output}: would write over the input {tmp_path / table}"])
        assert (tmp_path / table).read_text(encoding="utf-8") == regions


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("nowhere/x.h5", "the folder nowhere does not exist"),
        ("l.h5", "is a link that leads to itself"),
        ("x" * 240, "the name of the file is longer than 230 bytes"),
        (".", "is a folder; name a file in it, as l.h5/result.h5"),
    ],
)
def test_where_a_link_leads_is_checked(ketsim, small, tmp_path, target, message):
    (tmp_path / "l.h5").symlink_to(target)
    done = ketsim("run", small(), "-o", "l.h5")
    assert (done.code, done.lines) == (2, [f"-o l.h5: {message}"])


def test_a_link_in_place_of_the_unfinished_file_is_not_written_through(ketsim, small, write, tmp_path):
    write("mine.txt", "mine")
    (tmp_path / "a.h5.part").symlink_to("mine.txt")
    done = ketsim("run", small(), "-o", "a.h5")
    assert (done.code, done.lines) == (1, ["ketsim: cannot write a.h5.part: it is a link; remove it"])
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_folder_without_permission_is_refused(binary, small, tmp_path):
    (tmp_path / "locked").mkdir(mode=0o500)
    command = [binary, "run", small(), "-o", "locked/a.h5"]
    if os.geteuid() == 0:  # who may write everywhere, until that right is given up
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "-o locked/a.h5: the folder locked cannot be written to: Permission denied\n",
    )


def test_full_standard_output_is_a_failure(binary):
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([binary, "schema"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "ketsim: cannot write to the standard output\n")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_run_leaves_nothing_under_its_name(binary, small, tmp_path, number, code):
    command = [binary, "run", small(replicates=1_000_000), "-o", "long.h5"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 60
        while not (tmp_path / "long.h5.part").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(number)
        error = process.communicate(timeout=60)[1]
    assert process.returncode == code
    assert error == "ketsim: interrupted; the replicates finished so far are in long.h5.part, and `ketsim resume long.h5.part` goes on\n"
    assert not (tmp_path / "long.h5").exists()


def test_a_name_that_leaves_no_room_for_a_checkpoint_is_refused(ketsim, small, tmp_path):
    done = ketsim("run", small(), "-o", "x" * 240 + ".h5")
    assert (done.code, len(done.lines)) == (2, 1)
    assert done.lines[0].endswith("the name of the file is longer than 230 bytes")
    assert not list(tmp_path.glob("xx*"))
