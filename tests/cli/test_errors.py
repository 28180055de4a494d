"""Mistakes in scenarios: all of them at once, each with file, line and column, and with what would be right."""

import json

import pytest

#: A scenario with one mistake a line; `{examples}` is the folder of the example scenarios.
MANY_MISTAKES = """\
extends: {examples}/rocket.yaml
tittle: misspelt
seed: NaN
replicates: 1.5
time: {{start: 2014-13}}
horizons: 2020-03
network:
  mixing: 3
  mixing: 0.1
  mean_degree: "6"
title: [a]
firms: {{initial_adopters: {{tiny: 0.1}}}}
processes: {{awarenes: {{enabled: false}}, learning: {{enabled: maybe}}}}
programmes:
  rocket:
    policies:
      projects:
        instrument: projekt_grant
        target: {{countries: [DK], sectors: [helth], kets: [fotonics], size_classes: [micro]}}
      studies: {{params: {{co_funding_rate: 1.4}}}}
"""

#: Place and a part of the message of each.
EXPECTED = [
    ("2:1", "tittle is not known; did you mean 'title'?"),
    ("3:7", "seed = 'NaN' is not a finite number"),
    ("4:13", "replicates = 1.5 is not a whole number"),
    ("5:15", "time.start = '2014-13' is not a month"),
    ("6:11", "horizons is a single value, but must be a list"),
    ("8:11", "network.mixing = 3 is above 1"),
    ("9:3", "this key stands in line 8 already"),
    ("10:16", "network.mean_degree = '6' is not a finite number"),
    ("11:8", "title is a list, but must be a text"),
    ("12:34", "'tiny' is no size class; valid: micro, small, medium, large"),
    ("13:13", "processes[awarenes] is not known; did you mean 'awareness'?"),
    ("13:61", "processes[learning].enabled = 'maybe' must be true or false"),
    ("18:21", "'projekt_grant' is no instrument; did you mean 'project_grant'?"),
    ("19:30", "'DK' is no country of the regions"),
    ("19:45", "'helth' is no sector"),
    ("19:60", "'fotonics' is no technology; did you mean 'photonics'?"),
    ("20:43", "programmes[rocket].policies[studies].params.co_funding_rate = 1.4 is above 1"),
]


@pytest.fixture
def problems(ketsim, write, scenarios):
    """Function that validates a text and gives the lines of problems; `{examples}` becomes the examples' folder."""

    def lines(text, name="x.yaml"):
        done = ketsim("validate", write(name, text.replace("{examples}", str(scenarios))))
        assert (done.code, done.out) == (2, "")
        return done.lines

    return lines


def test_every_mistake_is_told_at_its_place(problems, scenarios):
    lines = problems(MANY_MISTAKES.format(examples=scenarios))
    for place, message in EXPECTED:
        assert any(line.startswith(f"x.yaml:{place}: ") and message in line for line in lines), (place, message, lines)
    assert [line.split(": ")[0] for line in lines] == [f"x.yaml:{place}" for place, _ in EXPECTED]


def test_no_problem_is_told_twice(problems, scenarios):
    lines = problems(MANY_MISTAKES.format(examples=scenarios))
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("", "x.yaml: is empty"),
        ("- a\n", "x.yaml:1:1: the top of the file is a list"),
        ("a: [1\n", "x.yaml:2:1: is not valid YAML"),
        ("title: x\n\tseed: 1\n", "x.yaml:2:"),
        ("extends: nowhere.yaml\n", "x.yaml:1:10: extends nowhere.yaml: there is no such file"),
        ("extends: [a, b]\n", "x.yaml:1:10: extends must be the path of a YAML file"),
        ("title: x\n", "x.yaml:1:1: population is missing"),
        ("population: {regions_file: r.csv}\n", "x.yaml:1:13: population.organisations_file is missing"),
        ("extends: {examples}/rocket.yaml\nsectors: []\n", "x.yaml:2:10: sectors is a list, but must be a mapping"),
        ("population: 5\n", "x.yaml:1:13: population is a single value, but must be a mapping"),
        ("population: {regions_file: no.csv, organisations_file: ''}\n", "x.yaml:1:28: cannot read no.csv: there is no such file"),
        ("population: {regions_file: no.csv, organisations_file: ''}\n", "x.yaml:1:56: population.organisations_file names no file"),
        ("extends: {examples}/rocket.yaml\nprogrammes: {rocket: {partners: [OOSTNL, INOS]}}\n",
         "x.yaml:2:42: 'INOS' is no "),
        ("extends: {examples}/rocket.yaml\nborders: {DENL: {language: 0.5}}\n", "x.yaml:2:17: borders[DENL] must name two countries"),
        ("extends: {examples}/rocket.yaml\nprogrammes: {rocket: {end: 2015-01}}\n",
         "x.yaml:2:28: programmes[rocket].end = 2015-01 is not after its start 2016-04"),
        ("extends: {examples}/rocket.yaml\ntitle:\n- a\n", "x.yaml:3:1: title is a list"),
        ("extends: {examples}/rocket.yaml\ntechnologies: {photonics: {cost: {micro: .inf}}}\n",
         "x.yaml:2:42: technologies[photonics].cost[micro] = '.inf' is not a finite number"),
    ],
)
def test_problem_begins_with_its_place(problems, text, start):
    lines = problems(text)
    assert any(line.startswith(start) for line in lines), lines


def test_base_that_cannot_be_read_brings_no_further_complaints(problems):
    assert problems("extends: nowhere.yaml\nnetwork: {mixing: 3}\n") == [
        "x.yaml:1:10: extends nowhere.yaml: there is no such file",
        "x.yaml:2:19: network.mixing = 3 is above 1 (weight of the whole population, against own contacts, in peer influence)",
    ]


def test_cyclic_extends_names_the_circle(ketsim, write):
    write("a.yaml", "extends: b.yaml\n")
    write("b.yaml", "extends: a.yaml\n")
    done = ketsim("validate", "a.yaml")
    assert done.code == 2
    assert done.lines[0] == "b.yaml:1:10: extends leads back to a file that is being read: a.yaml -> b.yaml -> a.yaml"


def test_mistakes_in_tables_are_told_with_their_line(ketsim, write, scenarios):
    table = (scenarios / "data/regions.csv").read_text(encoding="utf-8").splitlines()
    cells = table[3].split(",")
    core = table[0].split(",").index("core")
    cells[core] = "yes"
    write("regions.csv", "\n".join([*table[:3], ",".join(cells), *table[4:], table[4]]))
    write("x.yaml", f"extends: {scenarios}/rocket.yaml\npopulation: {{regions_file: regions.csv}}\n")
    done = ketsim("validate", "x.yaml")
    assert done.code == 2
    place = len(",".join(cells[:core])) + 2
    assert f"regions.csv:4:{place}: core = 'yes' is not a finite number" in done.lines
    assert any(line.startswith(f"regions.csv:{len(table) + 1}:1: region ") for line in done.lines)


def test_country_no_is_norway_and_not_false(ketsim, write, scenarios):
    write("x.yaml", f"extends: {scenarios}/rocket.yaml\nprogrammes: {{rocket: {{policies: {{events: {{target: {{countries: [NO]}}}}}}}}}}\n")
    done = ketsim("validate", "x.yaml")
    assert done.lines == ["x.yaml:2:64: 'NO' is no country of the regions; did you mean 'NL'?"]
    write("x.yaml", f"extends: {scenarios}/rocket.yaml\nborders: {{DE-NO: {{language: 0.1}}}}\n")
    assert ketsim("validate", "x.yaml").lines == ["x.yaml:2:18: borders[DE-NO]: 'NO' is no country of the regions; did you mean 'NL'?"]
    write("x.yaml", f"extends: {scenarios}/rocket.yaml\ntitle: NO\n")
    assert ketsim("validate", "x.yaml").code == 0


def test_validate_names_good_files_and_lists_the_problems_of_bad_ones(ketsim, small, write):
    good = small("good.yaml")
    write("bad.yaml", "titel: x\n")
    done = ketsim("validate", good, "bad.yaml", "missing.yaml", good)
    assert done.code == 2
    assert done.out == 2 * f"{good}: ok (150 firms, 48 months)\n"
    assert done.lines[0] == "bad.yaml:1:1: titel is not known; did you mean 'title'?"
    assert done.lines[-1] == "cannot read missing.yaml: there is no such file"


def test_examples_are_valid(ketsim, scenarios):
    done = ketsim("validate", *sorted(scenarios.glob("*.yaml")))
    assert (done.code, done.err) == (0, "")


def test_any_bytes_give_a_clear_error(ketsim, tmp_path):
    for number, content in enumerate([b"\xff\xfe\x00", b"a: \x00", b"{" * 5000, b"\x89HDF\r\n\x1a\n rest", b"a: &x [*x]"]):
        path = tmp_path / f"{number}.yaml"
        path.write_bytes(content)
        done = ketsim("validate", path)
        assert done.code == 2
        assert done.err.startswith(f"{path}")


def test_names_of_the_user_can_be_any_text(ketsim, small):
    odd = 'yes: "no" | ünï #1 \\ [x]'
    path = small(base="rocket.yaml", title=odd, programmes={odd: {"budget": 1e6, "start": "2016-01", "end": "2017-01"}})
    assert ketsim("run", path, "-o", "a.h5").code == 0
    assert ketsim("run", "a.h5", "-o", "b.h5").code == 0


def test_messages_show_only_the_start_of_long_values(problems):
    lines = problems("population: {scope: " + "x" * 5000 + "}\n")
    assert max(map(len, lines)) < 300


def test_json_is_yaml(ketsim, small):
    path = small()
    json.loads(path.read_text(encoding="utf-8"))
    assert ketsim("validate", path).code == 0


@pytest.mark.parametrize("name", ["a\nb.yaml", "x" * 220 + ".yaml", "a\\b.yaml"])
def test_a_scenario_whose_name_no_result_could_hold_is_refused(ketsim, small, tmp_path, name):
    done = ketsim("run", small(name), "-o", "x.h5")
    assert done.code == 2 and "; rename it" in done.err
    assert not (tmp_path / "x.h5").exists()
