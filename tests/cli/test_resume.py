"""Interrupted runs go on to the results of undisturbed ones, to the bit, whatever ended them."""

import random
import signal
import struct
import subprocess
import time
import zlib

import pytest

SIGNALS = [signal.SIGTERM, signal.SIGINT, signal.SIGUSR1, signal.SIGKILL]


@pytest.fixture
def files(small):
    """A baseline and an alternative."""
    return small("without.yaml"), small("with.yaml", base="rocket.yaml")


@pytest.fixture
def stopped(binary, tmp_path):
    """Function that starts the program, ends it by a signal once it has kept so many bytes, and gives its exit code."""

    def stop(how, *arguments, after=1):
        kept = tmp_path / "x.h5.ckpt"
        command = [binary, *map(str, arguments), "-o", "x.h5", "--quiet"]
        process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
        end = time.monotonic() + 60
        while (not kept.exists() or kept.stat().st_size < after) and process.poll() is None and time.monotonic() < end:
            time.sleep(0.002)
        process.send_signal(how)
        _, err = process.communicate(timeout=60)
        return process.returncode, err

    return stop


def leftovers(tmp_path):
    return sorted(path.name for path in tmp_path.glob("x.h5*"))


@pytest.mark.parametrize("how", SIGNALS, ids=lambda how: how.name)
@pytest.mark.parametrize("options", [[], ["--shapley", "--firms"], ["--border-twin", "--direct", "2"]], ids=str)
def test_a_comparison_goes_on_to_the_same_bytes(ketsim, stopped, files, tmp_path, how, options):
    arguments = ["compare", *files, "--replicates", 8, "--checkpoint-every", 5, *options]
    assert ketsim(*arguments, "-o", "u.h5").code == 0
    code, err = stopped(how, *arguments, after=20_000)
    assert code == (-how if how == signal.SIGKILL else 128 + how)
    if how != signal.SIGKILL:
        assert err == "ketsim: interrupted; the replicates finished so far are in x.h5.part, and `ketsim resume x.h5.part` goes on\n"
    assert {"x.h5.ckpt", "x.h5.part"} <= set(leftovers(tmp_path))
    done = ketsim("resume", "x.h5.part", "--threads", 1)
    assert (done.code, done.lines[0]) == (0, "wrote x.h5")
    assert (tmp_path / "x.h5").read_bytes() == (tmp_path / "u.h5").read_bytes()
    assert leftovers(tmp_path) == ["x.h5"]


def test_a_run_stopped_many_times_goes_on_each_time(ketsim, binary, small, tmp_path):
    path = small("small.yaml", base="rocket.yaml")
    arguments = ["run", path, "--replicates", "30", "--firms", "--checkpoint-every", "3"]
    assert ketsim(*arguments, "-o", "u.h5").code == 0
    moments = random.Random(3)
    command = [binary, *map(str, arguments), "-o", "x.h5"]
    for _ in range(12):
        process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.02, 0.15))
        process.send_signal(moments.choice(SIGNALS))
        process.wait()
        if (tmp_path / "x.h5").exists():
            break
        if (tmp_path / "x.h5.ckpt").exists():
            command = [binary, "resume", "x.h5.part"]
    if not (tmp_path / "x.h5").exists():
        assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 0
    assert (tmp_path / "x.h5").read_bytes() == (tmp_path / "u.h5").read_bytes()


def test_precision_is_asked_for_at_the_same_replicates(ketsim, stopped, files, tmp_path):
    arguments = ["compare", *files, "--until", "leverage:60%", "--max-replicates", 64, "--checkpoint-every", 12]
    undisturbed = ketsim(*arguments, "-o", "u.h5")
    assert undisturbed.code == 0
    stopped(signal.SIGTERM, *arguments, after=20_000)
    done = ketsim("resume", "x.h5.part")
    assert [line for line in done.lines if "leverage" in line] == [line for line in undisturbed.lines if "leverage" in line]
    assert (tmp_path / "x.h5").read_bytes() == (tmp_path / "u.h5").read_bytes()


def test_its_files_may_have_changed_meanwhile(ketsim, stopped, files, tmp_path):
    arguments = ["compare", *files, "--replicates", 8, "--checkpoint-every", 6, "--set", "network.mixing=0.1"]
    assert ketsim(*arguments, "-o", "u.h5").code == 0
    stopped(signal.SIGTERM, *arguments, after=20_000)
    for file in files:
        file.unlink()
    assert ketsim("resume", "x.h5.part").code == 0
    assert (tmp_path / "x.h5").read_bytes() == (tmp_path / "u.h5").read_bytes()


def test_without_checkpoints_a_signal_still_keeps_what_is_under_way(ketsim, binary, small, tmp_path):
    path = small("small.yaml", base="rocket.yaml", population={"agents": 20000}, time={"end": "2025-12"}, horizons=["2025-12"])
    process = subprocess.Popen([binary, "run", path, "-o", "x.h5", "--replicates", "4"], cwd=tmp_path, stderr=subprocess.DEVNULL)
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 143
    assert any(name.startswith("x.h5.ckpt.") for name in leftovers(tmp_path))
    assert ketsim("resume", "x.h5.part").code == 0
    assert ketsim("run", path, "-o", "u.h5", "--replicates", 4).code == 0
    assert (tmp_path / "x.h5").read_bytes() == (tmp_path / "u.h5").read_bytes()


def test_a_new_run_takes_nothing_from_an_interrupted_one(ketsim, stopped, files, tmp_path):
    stopped(signal.SIGTERM, "compare", *files, "--replicates", 8, "--checkpoint-every", 6, after=20_000)
    assert ketsim("run", files[1], "-o", "x.h5").code == 0
    assert leftovers(tmp_path) == ["x.h5"]
    assert ketsim("run", files[1], "-o", "u.h5").code == 0
    assert (tmp_path / "x.h5").read_bytes() == (tmp_path / "u.h5").read_bytes()


def test_damage_costs_work_and_never_results(ketsim, stopped, files, tmp_path):
    arguments = ["compare", *files, "--replicates", 8, "--checkpoint-every", 6]
    assert ketsim(*arguments, "-o", "u.h5").code == 0
    stopped(signal.SIGTERM, *arguments, after=30_000)
    for path in tmp_path.glob("x.h5.ckpt*"):
        content = bytearray(path.read_bytes())
        content[len(content) * 3 // 4] ^= 1
        path.write_bytes(content)
    assert ketsim("resume", "x.h5.part").code == 0
    assert (tmp_path / "x.h5").read_bytes() == (tmp_path / "u.h5").read_bytes()


def test_what_cannot_be_gone_on_with_is_told_in_one_sentence(ketsim, stopped, files, tmp_path):
    missing = ketsim("resume", "x.h5.part")
    assert (missing.code, missing.lines) == (2, ["x.h5.part: there is no x.h5.ckpt, which an interrupted run leaves"])
    kept = tmp_path / "x.h5.ckpt"
    for content, message in ((b"something else", "is no journal of this version of ketsim"), (b"", "holds nothing to go on with")):
        kept.write_bytes(content)
        done = ketsim("resume", "x.h5.part")
        assert (done.code, len(done.lines)) == (2, 1) and message in done.err
    kept.unlink()
    stopped(signal.SIGTERM, "compare", *files, "--replicates", 8, "--checkpoint-every", 6, after=20_000)
    content = kept.read_bytes()
    first_line, rest = content.split(b"\n", 1)
    kept.write_bytes(first_line.replace(b"1", b"2") + b"\n" + rest)
    assert "is no journal of this version of ketsim" in ketsim("resume", "x.h5.part").err
    assert not (tmp_path / "x.h5").exists()


#: Of a record of a journal: mark, kind, identity, time, bytes stored and unpacked, checksum; its own checksum follows.
RECORD = struct.Struct("<IIQQqQQI")
PACKED = 0x74656B0A


def text(content):
    """As journals hold it."""
    return struct.pack("<Q", len(content)) + content


def with_head(journal, change):
    """A journal with only its head, changed by somebody who also puts the checksums right."""
    start = journal.index(b"\n") + 1
    mark, kind, high, low, time_, stored, _, _ = RECORD.unpack_from(journal, start)
    payload = journal[start + RECORD.size + 4 :][:stored]
    content = change(zlib.decompress(payload) if mark == PACKED else payload)
    packed = zlib.compress(content)
    record = RECORD.pack(PACKED, kind, high, low, time_, len(packed), len(content), zlib.crc32(packed))
    return journal[:start] + record + struct.pack("<I", zlib.crc32(record)) + packed


def test_a_head_that_no_run_leaves_is_refused(ketsim, stopped, files, tmp_path):
    stopped(signal.SIGTERM, "compare", *files, "--replicates", 8, "--checkpoint-every", 6, after=20_000)
    kept = tmp_path / "x.h5.ckpt"
    journal = kept.read_bytes()

    def end_of_flags(head):
        return head.index(text(b"compare")) + len(text(b"compare")) + 3

    changes = {
        "no scenarios": lambda head: head[: end_of_flags(head) + 24] + bytes(16),
        "too many for a run": lambda head: head.replace(text(b"compare"), text(b"run"), 1),
        "another command": lambda head: head.replace(text(b"compare"), text(b"\x1b[31mx"), 1),
        "two of one name": lambda head: head.replace(text(b"without"), text(b"with"), 1),
        "a path as a name": lambda head: head.replace(text(b"without"), text(b"../x"), 1),
        "a goal that is none": lambda head: head[: end_of_flags(head) + 8] + text(b"nonsense") + head[end_of_flags(head) + 16 :],
        "months below none": lambda head: head[: end_of_flags(head) + 4] + struct.pack("<i", -1) + head[end_of_flags(head) + 8 :],
        "half of it": lambda head: head[: len(head) // 2],
        "nothing": lambda head: b"",
        "more": lambda head: head + b"x",
    }
    kept.write_bytes(with_head(journal, lambda head: head))
    for what, change in changes.items():
        kept.write_bytes(with_head(journal, change))
        done = ketsim("resume", "x.h5.part")
        assert (done.code, len(done.lines)) == (2, 1), (what, done)
        assert done.lines[0].startswith("x.h5.ckpt: ") and done.lines[0].endswith("; run the command anew"), (what, done)
        assert not (tmp_path / "x.h5").exists()
    kept.write_bytes(with_head(journal, lambda head: head))
    assert ketsim("resume", "x.h5.part").code == 0
