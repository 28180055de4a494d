"""Input that means harm: each ends with exit code 2 and a message, or in a correct run, soon and in little memory."""

import json
import os

import h5py
import pytest


def over_rocket(scenarios, text):
    return f"extends: {scenarios}/rocket.yaml\n{text}"


def test_aliases_of_aliases_are_not_written_out(refused):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join(10 * [f'*a{n - 1}'])}]" for n in range(1, 10)]
    assert "values" in refused("\n".join(lines))


@pytest.mark.parametrize(
    "content",
    [
        "a: " + "[" * 5_000 + "]" * 5_000,
        "a: " + "{b: " * 5_000 + "}" * 5_000,
        "".join(" " * n + "a:\n" for n in range(1_000)),
        "- " * 5_000 + "a",
    ],
    ids=["lists", "mappings", "indents", "dashes"],
)
def test_deep_nesting_is_refused(refused, content):
    refused(content)


@pytest.mark.parametrize(
    "content",
    [b"title: " + b"x" * 100_000_000, b"x" * 100_000_000, b"title: |\n" + b"  line\n" * 15_000_000, b"#" * 100_000_000],
    ids=["value", "text", "block", "comment"],
)
def test_a_hundred_megabytes_are_refused_unread(refused, content):
    assert "it is larger than 2 MB" in refused(content)


def test_a_table_of_one_endless_cell_is_refused(refused, scenarios, tmp_path):
    (tmp_path / "regions.csv").write_bytes(b'"' + b"x" * 100_000_000)
    refused(over_rocket(scenarios, "population: {regions_file: regions.csv}\n"))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"title: a\0b\n", "control character 0x00"),
        (b"title: \xff\xfe\n", "not a text in UTF-8"),
        (b"title: \xc0\xaf\n", "not a text in UTF-8"),
        (b"title: \xed\xa0\x80\n", "not a text in UTF-8"),
        (b"title: \xf5\x80\x80\x80\n", "not a text in UTF-8"),
        (b"\xff\xfet\0i\0", "not a text in UTF-8"),
        (b"title: a\x1b[2Jb\n", "control character 0x1b"),
    ],
)
def test_bytes_that_are_no_text_are_told_at_their_place(refused, content, what):
    err = refused(content)
    assert what in err and err.startswith("x.yaml:1:")
    assert not any(ord(letter) < 32 and letter != "\n" for letter in err)


def test_line_ends_and_byte_order_marks_of_windows_are_read(guarded, small, tmp_path):
    path = small()
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n").encode()
    path.write_bytes(b"\xef\xbb\xbf" + text)
    assert guarded("validate", path).code == 0


def test_a_chain_of_extends_without_end_is_refused(guarded, tmp_path):
    for n in range(2_000):
        (tmp_path / f"{n}.yaml").write_text(f"extends: {n + 1}.yaml\n", encoding="utf-8")
    (tmp_path / "2000.yaml").write_text("extends: 0.yaml\n", encoding="utf-8")
    done = guarded("validate", "0.yaml")
    assert done.code == 2
    (tmp_path / "self.yaml").write_text("extends: self.yaml\n", encoding="utf-8")
    assert "extends leads back" in guarded("validate", "self.yaml").err


@pytest.fixture
def odd_files(tmp_path):
    """Names of things that are no files to read."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    return ["pipe", "folder", "loop", "/dev/zero", "/dev/null", "/dev/tty", "/proc/self/mem", "/proc/kmsg", "", "a" * 5_000]


def test_what_is_no_file_is_refused_and_not_waited_for(guarded, odd_files, write, scenarios):
    for name in odd_files:
        for arguments in (["validate", name], ["sweep", "plan", name, "-o", "s"], ["resume", name]):
            done = guarded(*arguments)
            assert done.code in (1, 2) and done.err, (arguments, done)
            quoted = json.dumps(name)
        write("x.yaml", over_rocket(scenarios, f"population: {{regions_file: {quoted}}}\n"))
        assert guarded("validate", "x.yaml").code == 2, name
        write("x.yaml", f"extends: {quoted}\n")
        assert guarded("validate", "x.yaml").code == 2, name


@pytest.mark.parametrize("number", [".nan", "nan", "NaN", ".inf", "-.inf", "inf", "1e400", "-1e400", "1e-400x", "0x10", "1_000",
                                    "-1", "9" * 400, ".", "+", "--1", "1e", "١"])
def test_numbers_that_are_none_or_out_of_range_are_refused(refused, scenarios, number):
    for place in ("replicates: {}", "network: {{mean_degree: {}}}", "programmes: {{rocket: {{budget: {}}}}}",
                  "population: {{agents: {}}}", "seed: {}"):
        line = place.format(number)
        assert "x.yaml:2:" in refused(over_rocket(scenarios, line + "\n")), line


@pytest.mark.parametrize("month", ["2014-00", "2014-13", "14-01", "99999999-01", "-2014-01", "2014", "2014-1-1", "0000-01", "1677-12", "2262-01"])
def test_months_that_are_none_are_refused(refused, scenarios, month):
    assert "x.yaml:2:" in refused(over_rocket(scenarios, f"time: {{start: '{month}'}}\n"))


def test_a_million_policies_are_refused_within_a_second(refused, scenarios):
    lines = "".join(f"   p{n}: {{instrument: event}}\n" for n in range(1_000_000))
    assert refused(over_rocket(scenarios, f"programmes:\n rocket:\n  policies:\n{lines}"))


def test_thousands_of_policies_and_programmes_are_told_what_is_too_many(refused, scenarios):
    policies = "".join(f"   p{n}: {{instrument: event, share: 0}}\n" for n in range(20_000))
    assert refused(over_rocket(scenarios, f"programmes:\n rocket:\n  policies:\n{policies}"))
    programmes = "".join(f" p{n}: {{budget: 1}}\n" for n in range(900))
    assert refused(over_rocket(scenarios, f"programmes:\n{programmes}"))


def test_an_error_a_line_is_told_without_drowning(refused, scenarios):
    err = refused(over_rocket(scenarios, "".join(f"misspelt{n}: 1\n" for n in range(900))))
    assert len(err) < 1_000_000


@pytest.fixture
def one_region(scenarios, write):
    """A region table with one region alone."""
    heading, *rows = (scenarios / "data/regions.csv").read_text(encoding="utf-8").splitlines()
    core = heading.split(",").index("core")
    row = next(row for row in rows if row.split(",")[core] == "1")
    return write("one.csv", f"{heading}\n{row}\n"), row.split(",")[0]


def test_a_world_of_one_region_runs_or_says_why_not(guarded, small, one_region):
    done = guarded("run", small(population={"agents": 20, "regions_file": one_region[0]}, programmes=None), "-o", "x.h5")
    assert done.code == 0 or (done.code == 2 and done.err), done.err


def test_a_table_without_rows_is_told(refused, scenarios, write):
    heading = (scenarios / "data/regions.csv").read_text(encoding="utf-8").splitlines()[0]
    write("none.csv", heading + "\n")
    refused(over_rocket(scenarios, "population: {regions_file: none.csv}\n"))
    write("none.csv", "")
    assert "none.csv" in refused(over_rocket(scenarios, "population: {regions_file: none.csv}\n"))


@pytest.mark.parametrize("agents", [1, 2, 3])
@pytest.mark.parametrize("base", ["no_programme.yaml", "rocket.yaml"])
def test_a_world_of_a_few_firms_runs(guarded, small, tmp_path, agents, base):
    done = guarded("run", small(base=base, population={"agents": agents}), "-o", "x.h5")
    assert done.code == 0, done.err
    with h5py.File(tmp_path / "x.h5") as file:
        assert file["adopters"][()].sum(axis=(3, 4, 5, 6)).max() <= agents * file["ket"].size


def test_a_table_without_firms_is_told(refused, scenarios, write):
    write("firms.csv", "id,region,sector,size_class\n")
    assert "no firm" in refused(f"extends: {scenarios}/another_border/another_border.yaml\npopulation: {{firms_file: firms.csv, ties_file: ''}}\n")


def test_a_run_of_one_month_ends_with_it(guarded, small, tmp_path):
    month = {"time": {"start": "2014-01", "end": "2014-01"}, "horizons": ["2014-01"]}
    done = guarded("compare", small("a.yaml", **month), small("b.yaml", base="rocket.yaml", **month), "-o", "x.h5")
    assert done.code == 0, done.err
    with h5py.File(tmp_path / "x.h5") as file:
        assert file["time"].size == 1


@pytest.mark.parametrize("change", ["time: {end: 2013-12}", "horizons: [2013-12]", "horizons: [2190-01]", "time: {start: 2014-01, end: 9999-12}"])
def test_horizons_outside_the_run_and_runs_without_end_are_refused(refused, scenarios, change):
    refused(over_rocket(scenarios, change + "\n"))
