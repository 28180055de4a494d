"""Tables that mean harm: large ones are refused soon and in little memory, and few words."""

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
    said = refused_table("firms_file", "id,region,sector,size_class\n" + rows_up_to(MOST_BYTES, "F,XX,none,tiny\n"))
    assert "region = 'XX' is no region" in said
    assert said.endswith("there are more problems; these are the first 1000\n")
