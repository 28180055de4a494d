"""`run` and `compare`: what they write, what they refuse, and that the same scenario gives the same data."""

import re

import h5py
import pytest


def datasets(path):
    """Path -> values of every dataset of a result file."""
    found = {}
    with h5py.File(path) as file:
        file.visititems(lambda name, item: found.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None)
    return found


def texts(path, name):
    """A dataset of texts as a list."""
    with h5py.File(path) as file:
        return [text.decode() for text in file[name][()].ravel()]


@pytest.fixture
def result(ketsim, small, tmp_path):
    """Result of a small run of rocket.yaml, as rocket.h5 in the temporary folder."""
    done = ketsim("run", small("rocket.yaml", base="rocket.yaml"), "-o", "rocket.h5", "--seed", 7)
    assert done.code == 0, done.err
    return tmp_path / "rocket.h5"


def test_run_ends_with_file_and_speed(ketsim, small):
    done = ketsim("run", small(), "-o", "a.h5")
    assert (done.code, done.out) == (0, "")
    assert done.lines[0] == "wrote a.h5"
    assert re.fullmatch(r"agent-steps/s \d\.\d\de[+-]\d\d", done.lines[1])
    assert len(done.lines) == 2


def test_quiet_leaves_only_the_speed(ketsim, small):
    done = ketsim("run", small(), "-o", "a.h5", "--quiet")
    assert [line.split()[0] for line in done.lines] == ["agent-steps/s"]


def test_file_is_named_after_its_scenario(result):
    assert texts(result, "scenario") == ["rocket"]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_threads_do_not_change_the_file(ketsim, tmp_path, result, threads):
    done = ketsim("run", "rocket.yaml", "-o", "again.h5", "--seed", 7, "--threads", threads)
    assert done.code == 0, done.err
    assert (tmp_path / "again.h5").read_bytes() == result.read_bytes()


def test_another_seed_changes_the_data(ketsim, tmp_path, result):
    assert ketsim("run", "rocket.yaml", "-o", "other.h5", "--seed", 8).code == 0
    assert (datasets(tmp_path / "other.h5")["adopters"] != datasets(result)["adopters"]).any()


def test_result_file_in_place_of_its_scenario_gives_the_same_file(ketsim, tmp_path, result):
    (tmp_path / "elsewhere").mkdir()
    done = ketsim("run", result, "-o", "again.h5", cwd=tmp_path / "elsewhere")
    assert done.code == 0, done.err
    assert (tmp_path / "elsewhere/again.h5").read_bytes() == result.read_bytes()


def test_scenario_of_a_comparison_gives_its_data_again(ketsim, small, tmp_path):
    baseline = small("base.yaml", seed=3, replicates=2)
    alternative = small("other.yaml", base="rocket.yaml", seed=4, replicates=5)
    assert ketsim("compare", baseline, alternative, "-o", "both.h5").code == 0
    assert ketsim("run", "both.h5#other", "-o", "one.h5").code == 0
    both, one = datasets(tmp_path / "both.h5"), datasets(tmp_path / "one.h5")
    assert one["adopters"].shape[1] == 2
    assert (both["adopters"][1] == one["adopters"][0]).all()
    done = ketsim("run", "both.h5", "-o", "x.h5")
    assert done.code == 2
    assert "holds 2 scenarios; pick one as both.h5#NAME" in done.err
    assert "did you mean 'other'?" in ketsim("run", "both.h5#othr", "-o", "x.h5").err


def test_compare_runs_all_with_seed_and_replicates_of_the_baseline(ketsim, small, tmp_path):
    baseline = small("a.yaml", seed=3, replicates=2)
    alternative = small("b.yaml", seed=4, replicates=5)
    assert ketsim("compare", baseline, alternative, "-o", "c.h5").code == 0
    data = datasets(tmp_path / "c.h5")
    assert data["adopters"].shape[:2] == (2, 2)
    assert (data["adopters"][0] == data["adopters"][1]).all()
    assert (data["additional_adopters"] == 0).all()
    assert ketsim("compare", baseline, alternative, "-o", "d.h5", "--replicates", 4, "--seed", 9).code == 0
    with h5py.File(tmp_path / "d.h5") as file:
        assert file["adopters"].shape[:2] == (2, 4)
        assert file.attrs["seed"] == 9


def test_scenarios_of_one_stem_are_refused(ketsim, small, tmp_path):
    one, other = small("a/rocket.yaml"), small("b/rocket.yaml")
    done = ketsim("compare", one, other, "-o", "x.h5")
    assert done.code == 2
    assert str(one) in done.err and str(other) in done.err and "'rocket'" in done.err
    assert not list(tmp_path.glob("x.h5*"))


def test_worlds_that_differ_cannot_be_compared(ketsim, small):
    done = ketsim("compare", small("a.yaml"), small("b.yaml", time={"end": "2018-12"}), "-o", "x.h5")
    assert done.code == 2
    assert "different months" in done.err


def test_mistakes_of_all_scenarios_are_told_at_once(ketsim, write):
    done = ketsim("compare", write("a.yaml", "aa: 1\n"), write("b.yaml", "bb: 1\n"), "-o", "no/x.h5", "--set", "cc=1")
    assert done.code == 2
    for start in ("-o no/x.h5: ", "a.yaml:1:1: aa is", "b.yaml:1:1: bb is", "--set cc=1: cc is not known"):
        assert sum(line.startswith(start) for line in done.lines) == 1, (start, done.lines)


def test_tables_of_one_name_and_other_content_stay_apart(ketsim, small, write, scenarios, tmp_path):
    regions = (scenarios / "data/regions.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    write("a/regions.csv", "".join(regions))
    write("b/regions.csv", "".join([regions[0], *reversed(regions[1:])]))
    organisations = str(scenarios / "data/organisations.csv")
    population = {"agents": 150, "regions_file": "regions.csv", "organisations_file": organisations}
    one, other = small("a/one.yaml", population=population), small("b/other.yaml", population=population)
    assert ketsim("compare", one, other, "-o", "c.h5").code == 0
    assert sorted(texts(tmp_path / "c.h5", "inputs/path")) == sorted(["regions.csv", organisations, "other/regions.csv"])
    for name, folder in (("one", "a"), ("other", "b")):
        assert ketsim("run", f"c.h5#{name}", "-o", "again.h5").code == 0
        again = texts(tmp_path / "again.h5", "inputs/text")
        assert (tmp_path / folder / "regions.csv").read_text(encoding="utf-8") in again


def test_set_changes_a_parameter_and_the_data(ketsim, result, tmp_path):
    path = "programmes[rocket].policies[events].share"
    assert ketsim("run", "rocket.yaml", "-o", "a.h5", "--seed", 7, "--set", f"{path}=0").code == 0
    with h5py.File(tmp_path / "a.h5") as file:
        row = [text.decode() for text in file["parameters/path"][()]].index(path)
        assert file["parameters/value"][0, row] == b"0"
    assert (datasets(tmp_path / "a.h5")["firms_reached"] != datasets(result)["firms_reached"]).any()


def test_set_takes_lists_mappings_texts_and_null(ketsim, small, tmp_path):
    done = ketsim("run", small(base="rocket.yaml"), "-o", "a.h5", "--set", "horizons=[2016-12]", "--set", "title=NO",
                  "--set", "technologies[photonics].relevance={health: 1}", "--set", "programmes[rocket]=null")
    assert done.code == 0, done.err
    (resolved,) = texts(tmp_path / "a.h5", "provenance/resolved_scenario")
    assert 'title: "NO"' in resolved and "- 2016-12" in resolved and "rocket" not in resolved.split("record:")[0]


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("network.mixing", "must be PATH=VALUE"),
        ("network.mixing=", "the value is missing"),
        ("network.mixing=[1", "the value cannot be read: "),
        ("network.mixing=2", "network.mixing = 2 is above 1"),
        ("network.mixng=0", "network.mixng is not known; did you mean 'mixing'?"),
        ("network[mixing=0", "'network[mixing' is no path of a parameter"),
        ("=0", "'' is no path of a parameter"),
        ("netwerk.mixing=0", "netwerk is not known; did you mean 'network'?"),
        ("programmes[rokcet].budget=5", "the scenario has no 'rokcet' in programmes; did you mean 'rocket'?"),
        ("programmes[rokcet]=null", "'rokcet' is not in the scenario, so it cannot be removed; did you mean 'rocket'?"),
        ("programmes[rocket].policies[event].share=0", "the scenario has no 'event' in policies; did you mean 'events'?"),
        ("programmes[rocket].policies[events].params.costs=1", "params.costs is not known; did you mean 'cost'?"),
        ("processes[awarenes].enabled=false", "processes[awarenes] is not known; did you mean 'awareness'?"),
        ("population.regions_file=no.csv", "cannot read no.csv: there is no such file"),
    ],
)
def test_bad_setting_is_told_as_it_was_written(ketsim, scenarios, setting, message):
    done = ketsim("run", scenarios / "rocket.yaml", "-o", "x.h5", "--set", setting)
    assert done.code == 2
    assert len(done.lines) == 1
    assert done.lines[0].startswith(f"--set {setting}: ") and message in done.lines[0]


def test_a_setting_of_a_programme_leaves_a_baseline_without_it_as_it_is(ketsim, scenarios, tmp_path):
    files = [scenarios / "no_programme.yaml", scenarios / "rocket.yaml"]
    few = ["--replicates", "1", "--set", "time.end=2016-12", "--set", "horizons=[2016-12]"]
    done = ketsim("compare", *files, "-o", "x.h5", *few, "--set", "programmes[rocket].budget=12e6")
    assert done.code == 0
    with h5py.File(tmp_path / "x.h5") as file:
        names = [name.decode() for name in file["scenario"]]
        row = list(file["parameters/path"]).index(b"programmes[rocket].budget")
        values = dict(zip(names, file["parameters/value"][:, row]))
    assert float(values["rocket"]) == 12e6 and values["no_programme"] == b""


def test_a_policy_is_removed_where_it_is(ketsim, scenarios):
    files = [scenarios / "no_programme.yaml", scenarios / "rocket.yaml"]
    few = ["--replicates", "1", "--set", "time.end=2016-12", "--set", "horizons=[2016-12]"]
    assert ketsim("compare", *files, "-o", "x.h5", *few, "--set", "programmes[rocket].policies[events]=null").code == 0
    done = ketsim("compare", *files, "-o", "y.h5", *few, "--set", "programmes[rocket].policies[event]=null")
    assert done.code == 2 and len(done.lines) == 1 and "did you mean 'events'?" in done.lines[0]


def test_a_setting_of_what_no_scenario_has_is_told_once(ketsim, scenarios):
    files = [scenarios / "no_programme.yaml", scenarios / "rocket.yaml"]
    setting = "programmes[rokcet].budget=12e6"
    done = ketsim("compare", *files, "-o", "x.h5", "--set", setting, "--set", "network.mixing=2")
    assert done.code == 2
    assert f"--set {setting}: the scenario has no 'rokcet' in programmes; did you mean 'rocket'?" in done.lines
    assert [line for line in done.lines if "rokcet" in line] == [line for line in done.lines if "programmes" in line]
    assert len([line for line in done.lines if "rokcet" in line]) == 1


def test_a_sweep_in_the_place_of_a_scenario_is_told(ketsim, scenarios):
    done = ketsim("run", scenarios / "sweeps/smoke.yaml", "-o", "x.h5")
    assert (done.code, len(done.lines)) == (2, 1)
    assert done.lines[0].endswith("smoke.yaml: is a sweep, not a scenario; `ketsim sweep plan` plans it")


def test_more_firms_than_the_memory_holds_are_refused_at_once(ketsim, scenarios):
    done = ketsim("run", scenarios / "rocket.yaml", "-o", "x.h5", "--set", "population.scope=enterprises", "--set", "population.agents=4000000000")
    assert (done.code, len(done.lines)) == (2, 1)
    assert "4000000000 firms take 800 GB of memory at least" in done.lines[0]


def test_a_seed_that_no_number_holds_exactly_is_refused(ketsim, small):
    done = ketsim("run", small(), "-o", "x.h5", "--seed", "9007199254740993")
    assert done.code == 2 and "9007199254740993" in done.lines[0]
    assert ketsim("run", small(), "-o", "x.h5", "--seed", "9007199254740991").code == 0


def test_an_empty_precision_is_refused(ketsim, small):
    done = ketsim("compare", small(), small("other.yaml"), "-o", "x.h5", "--until", "")
    assert (done.code, len(done.lines)) == (2, 2)


@pytest.mark.parametrize(("option", "value"), [("--replicates", "0"), ("--replicates", "1.5"), ("--seed", "-1"), ("--seed", "x"),
                                               ("--threads", "-1"), ("--threads", "two"), ("--threads", "010")])
def test_bad_numbers_are_refused(ketsim, small, option, value):
    done = ketsim("run", small(), "-o", "x.h5", option, value)
    assert done.code == 2
    assert option in done.lines[0] and value in done.lines[0] and len(done.lines[0]) < 200


def test_a_scenario_does_not_inherit_the_description_of_another(ketsim, small, tmp_path):
    assert ketsim("compare", small("a.yaml"), small("b.yaml", description="Its own."), "-o", "x.h5").code == 0
    assert texts(tmp_path / "x.h5", "provenance/scenario_description") == ["", "Its own."]
