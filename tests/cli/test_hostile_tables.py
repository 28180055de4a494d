"""Tables that mean harm: large ones are refused soon and in little memory, and few words."""

import csv
import io

import pytest

MOST_BYTES = 60_000_000  # the build under test may be four times as slow as the release, for which 200 MB are meant


def rows_up_to(size, *rows):
    """The rows again and again, up to so many bytes."""
    once = "".join(rows)
    return once * (size // len(once))


@pytest.fixture
def refused_table(guarded, scenarios, write, tmp_path):
    """Function that validates a world with a table in place of one of its own, and gives what is said."""

    def message(key, text, base="rocket.yaml"):
        write("t.csv", text)
        write("x.yaml", f"extends: {scenarios}/{base}\npopulation: {{{key}: t.csv}}\n")
        done = guarded("validate", "x.yaml")
        assert done.code == 2 and done.out == "" and done.err, done
        assert len(done.err.splitlines()) < 1_010
        return done.err

    return message


@pytest.mark.parametrize("key", ["regions_file", "organisations_file", "firms_file", "ties_file"])
@pytest.mark.parametrize(
    ("heading", "row", "what"),
    [
        ([f"c{i}" for i in range(990)], ",".join(990 * ['""""']), "more than 500000 cells have quotes in them"),
        (["a", "b"], '"', "more than 20 rows are wrong; reading stopped here"),
        (["a", "b"], "1", "more than 20 rows are wrong; reading stopped here"),
        (["a"], "1", "the table has more than 20000000 rows"),
        ([f"c{i}" for i in range(900)], 899 * ",", "the table has more than 40000000 cells"),
    ],
    ids=["quotes", "open-quote", "ragged", "rows", "cells"],
)
def test_large_tables_are_refused(refused_table, key, heading, row, what):
    assert what in refused_table(key, ",".join(heading) + "\n" + rows_up_to(MOST_BYTES, row + "\n"))


def test_a_table_above_the_limit_is_not_read(refused_table):
    assert "it is larger than 200 MB" in refused_table("regions_file", "a\n" + rows_up_to(201_000_000, "1" * 99 + "\n"))


@pytest.mark.parametrize("pairs", [["0,1\n"], [f"{a},{a + 1}\n" for a in range(1_000)]])
def test_ties_that_stand_there_many_times_end_early(refused_table, pairs):
    said = refused_table("ties_file", "a,b\n" + rows_up_to(MOST_BYTES, *pairs))
    assert "stands in the table twice" in said
    assert said.endswith("there are more problems; these are the first 1000\n")


@pytest.mark.parametrize(
    ("key", "example", "what"),
    [
        ("regions_file", "data/regions.csv", "at most 2000 regions"),
        ("organisations_file", "data/organisations.csv", "at most 10000 organisations"),
    ],
)
def test_more_places_than_can_be_simulated_are_refused(refused_table, scenarios, key, example, what):
    heading, first = (scenarios / example).read_text(encoding="utf-8").splitlines()[:2]
    rest = first[first.index(",") :]
    rows = [f"X{i}{rest}\n" for i in range(MOST_BYTES // (len(rest) + 8))]
    assert what in refused_table(key, heading + "\n" + "".join(rows))


def test_firms_that_are_wrong_in_every_row_end_early(refused_table):
    said = refused_table("firms_file", "id,region,sector,size_class\n" + rows_up_to(7_000_000, "F,XX,none,tiny\n"))
    assert "region = 'XX' is no region" in said
    assert said.endswith("there are more problems; these are the first 1000\n")


@pytest.mark.parametrize("key", ["regions_file", "organisations_file", "firms_file", "ties_file"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_an_endless_heading_is_not_quoted(refused_table, key, quote):
    said = refused_table(key, quote + "x" * MOST_BYTES + quote)
    assert len(said) < 1_000 and "more than 200 bytes" in said


@pytest.mark.parametrize("key", ["regions_file", "organisations_file", "firms_file", "ties_file"])
def test_of_a_file_that_is_no_table_nothing_is_quoted(refused_table, key):
    assert "secret" not in refused_table(key, "root:secret:0\ndaemon:secret:1\n")


def test_long_cells_are_not_quoted_whole(refused_table):
    row = "q" * 100_000 + ",NL213,production,small\n"
    said = refused_table("firms_file", "id,region,sector,size_class\n" + rows_up_to(MOST_BYTES, row))
    assert len(said) < 100_000 and "stands in the table twice" in said


def test_hints_do_not_take_minutes(refused_table):
    long = "firm-with-a-name-as-long-as-firms-may-have-" + "x" * 15
    rows = [f"F{i}{long},NL213,production,small\n" for i in range(10_000)]
    said = refused_table("firms_file", "id,region,sector,size_class\n" + "".join(rows).replace("NL213", "N" + long))
    assert said.endswith("there are more problems; these are the first 1000\n")


def test_a_wrong_row_is_blamed_alone(guarded, scenarios, write):
    folder = scenarios / "another_border"
    for name in ("regions.csv", "organisations.csv", "firms.csv", "ties.csv"):
        write(name, (folder / name).read_text(encoding="utf-8"))
    write("firms.csv", (folder / "firms.csv").read_text(encoding="utf-8").replace("F01,AR1,wood", 'F01,AR1,wo"od'))
    write("x.yaml", (folder / "another_border.yaml").read_text(encoding="utf-8"))
    done = guarded("validate", "x.yaml")
    assert done.code == 2
    assert done.err.splitlines() == [
        "firms.csv:2: this row has a quote inside a cell without quotes; quote the cell and double the quotes in it"
    ]


def test_more_firms_than_can_be_counted_are_refused(refused_table, scenarios):
    with open(scenarios / "data/regions.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["ket_candidate_sme"] = 999_999_999
    table = io.StringIO()
    writer = csv.DictWriter(table, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    assert "firms are more than can be simulated" in refused_table("regions_file", table.getvalue())
