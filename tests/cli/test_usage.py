"""Help, versions, reference pages and exit codes of the command line itself."""

import os
import pty
import re
import subprocess

import pytest

VERBS = ("run", "compare", "validate", "schema", "describe")
PAGES = ("parameters", "outputs", "instruments", "schedule")


def on_terminal(*arguments, cwd):
    """What the program shows on a terminal, stdout and stderr together."""
    primary, secondary = pty.openpty()
    with subprocess.Popen([*map(str, arguments)], cwd=cwd, stdout=secondary, stderr=secondary) as process:
        os.close(secondary)
        shown = b""
        while True:
            try:
                part = os.read(primary, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            shown += part
    os.close(primary)
    assert process.returncode == 0
    return shown.decode().replace("\r\n", "\n")


def entries(text):
    """Name -> summary of a list for scripts."""
    return dict(line.split("\t") for line in text.splitlines())


def test_help_begins_with_what_ketsim_does(ketsim):
    done = ketsim("--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("ketsim simulates firms")
    for verb in VERBS:
        assert re.search(rf"^  {verb} ", done.out, re.MULTILINE)


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_each_verb_has_an_example(ketsim, verb):
    done = ketsim(verb, "--help")
    assert (done.code, done.err) == (0, "")
    assert f"Example:\n  ketsim {verb}" in done.out
    assert max(map(len, done.out.splitlines())) <= 130


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rnu"], "unknown verb 'rnu'; did you mean 'run'?"),
        (["--verbose"], "unknown option '--verbose'"),
        (["compare", "a.yaml", "b.yaml", "-o", "x.h5", "--max-replicates", "9"], "--until"),
        (["compare", "a.yaml", "b.yaml", "-o", "x.h5", "--until", "net:5%", "--replicates", "9"], "--until"),
        *[(["compare", "a.yaml", "b.yaml", "-o", "x.h5", f"{flag}=3"], f"{flag} takes no value") for flag in ("--shapley", "--firms", "--quiet")],
        (["run"], "required"),
        (["run", "x.yaml"], "--output is required"),
        (["run", "x.yaml", "y.yaml", "-o", "z.h5"], "y.yaml"),
        (["compare", "x.yaml", "-o", "z.h5"], "ALTERNATIVE is required"),
        (["run", "x.yaml", "-o", "z.h5", "--thread=2"], "unknown option '--thread'; did you mean '--threads'?"),
        (["describe", "parameter"], "parameter"),
        (["describe", "parameters", "co_funding_rat"], "did you mean 'co_funding_rate'?"),
        (["validate"], "FILE is required"),
        (["schema", "x"], "x"),
        *[(["run", "x.yaml", "-o", "z.h5", option], "unknown option") for option in ("--until", "--shapley")],
        (["resume"], "FILE.h5.part is required"),
        *[(["run", "x.yaml", "-o", "z.h5", "--checkpoint-every", m], "--checkpoint-every") for m in ("0", "-1", "x")],
        (["sweep"], "required"),
        (["sweep", "rn"], "unknown verb 'rn'; did you mean 'run'?"),
        (["sweep", "run"], "DIR is required"),
        (["sweep", "run", "d", "--shrad", "1/2"], "unknown option '--shrad'; did you mean '--shard'?"),
        *[(["sweep", "run", "d", "--shard", shard], "no part I/N") for shard in ("3/2", "0/2", "1", "1/", "a/b", "1/2x", "-1/2")],
    ],
)
def test_wrong_usage_is_explained_with_exit_code_2(ketsim, arguments, message):
    done = ketsim(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.lines[0].startswith("ketsim: ") and message in done.lines[0]


@pytest.mark.parametrize(
    ("until", "message"),
    [
        ("net_aditional_adopters:5%", "did you mean 'net_additional_adopters'?"),
        *[(f"leverage{end}", "must be MEASURE:P%") for end in ("", ":", ":5", ":0%", ":-1%", ":x%", ":nan%", ":5%%")],
        ("adopters:5", "no measure with an interval"),
    ],
)
def test_a_wrong_precision_is_explained(ketsim, scenarios, until, message):
    twins = [scenarios / "no_programme.yaml", scenarios / "rocket.yaml"]
    done = ketsim("compare", *twins, "-o", "x.h5", "--until", until)
    assert (done.code, done.out) == (2, "")
    assert done.lines[0].startswith(f"--until {until}: ") and message in done.err


def test_no_arguments_show_the_help_as_wrong_usage(ketsim):
    done = ketsim()
    assert (done.code, done.out) == (2, "")
    assert done.err == ketsim("--help").out


@pytest.mark.parametrize("source", [["folder"], ["missing.yaml"], ["folder/x.yaml"]])
def test_scenario_that_is_no_file_is_bad_input(ketsim, tmp_path, source):
    (tmp_path / "folder").mkdir()
    for arguments in (["run", *source, "-o", "x.h5"], ["compare", *source, *source, "-o", "x.h5"], ["validate", *source]):
        done = ketsim(*arguments)
        assert done.code == 2
        assert done.lines[0].startswith(f"cannot read {source[0]}: ")


def test_version_names_program_and_commit(ketsim):
    done = ketsim("--version")
    assert done.code == 0
    lines = done.out.splitlines()
    assert re.fullmatch(r"ketsim \d+\.\d+\.\d+", lines[0])
    assert re.fullmatch(r"commit (unknown|[0-9a-f]+(-dirty)?)", lines[1])
    assert all(re.fullmatch(r"\S+ \S.*", line) for line in lines)
    assert {"HDF5", "yaml-cpp", "Boost", "Eigen3", "fmt"} <= {line.split()[0] for line in lines}


@pytest.mark.parametrize("page", PAGES)
def test_lists_are_machine_readable(ketsim, page):
    done = ketsim("describe", page)
    assert (done.code, done.err) == (0, "")
    assert all(re.fullmatch(r"[\w\[\]./-]+\t\S.*", line) for line in done.out.splitlines())
    assert len(entries(done.out)) == len(done.out.splitlines())  # names are unique


def test_lists_hold_what_a_scenario_can_say(ketsim):
    parameters = entries(ketsim("describe", "parameters").out)
    for name in ("seed", "time.start", "technologies[NAME].complexity", "processes[awareness].media_rate",
                 "programmes[NAME].policies[NAME].share", "project_grant.co_funding_rate"):
        assert name in parameters
    assert {"adopters", "firms_reached", "additional_adopters", "leverage", "twins/outcome"} <= set(entries(ketsim("describe", "outputs").out))
    assert {"project_grant", "event"} <= set(entries(ketsim("describe", "instruments").out))
    schedule = list(entries(ketsim("describe", "schedule").out))
    assert schedule.index("awareness") < schedule.index("adoption") < schedule.index("projects")


@pytest.mark.parametrize("name", ["co_funding_rate", "project_grant.co_funding_rate",
                                  "programmes[rocket].policies[projects].params.co_funding_rate"])
def test_details_of_a_parameter(ketsim, name):
    out = ketsim("describe", "parameters", name).out
    details = out[out.index("project_grant.co_funding_rate\n"):]
    for pattern in (r"unit +1", r"default +0\.6", r"range +0 to 1", r"plausible +\d", r"source +\S", r"grade +M \(measured\)"):
        assert re.search(rf"^  {pattern}", details, re.MULTILINE), pattern


def test_details_of_the_other_pages(ketsim):
    assert "dimensions  scenario, replicate, time, region, sector, ket, size_class" in ketsim("describe", "outputs", "adopters").out
    assert "co_funding_rate" in ketsim("describe", "instruments", "project_grant").out
    assert "writes" in ketsim("describe", "schedule", "awareness").out
    assert "interest" in ketsim("describe", "schedule", "decide").out  # a phase: its processes


@pytest.mark.parametrize("page", PAGES)
def test_markdown_tables_have_even_rows(ketsim, page):
    text = ketsim("describe", page, "--markdown").out
    assert text.startswith("# ")
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1
    listed = entries(ketsim("describe", page).out)
    assert all(name in text for name in listed)


@pytest.mark.parametrize("page", PAGES)
def test_terminal_shows_an_aligned_page(binary, tmp_path, page):
    shown = on_terminal(binary, "describe", page, cwd=tmp_path)
    assert "\t" not in shown
    assert max(map(len, shown.splitlines())) <= 110


def test_progress_is_drawn_on_a_terminal_and_cleared(binary, small, tmp_path):
    shown = on_terminal(binary, "run", small(), "-o", "a.h5", cwd=tmp_path)
    assert re.search(r"\[[#.]+\] \d+/3 worlds +\d+ %, \d+ s left", shown)
    assert shown.rsplit("\r", 1)[1].startswith("\x1b[Kwrote a.h5\n")
    assert "worlds" not in on_terminal(binary, "run", small(), "-o", "a.h5", "--quiet", cwd=tmp_path)
