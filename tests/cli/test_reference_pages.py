"""The reference pages in the repository say what the program says."""

import pytest


@pytest.mark.parametrize("topic, page", [("parameters", "PARAMETERS.md"), ("outputs", "OUTPUTS.md")])
def test_page_is_fresh(ketsim, scenarios, topic, page):
    told = ketsim("describe", topic, "--markdown")
    assert told.code == 0
    written = (scenarios.parent / "sim" / page).read_text(encoding="utf-8")
    assert told.out == written, f"refresh it: ketsim describe {topic} --markdown > sim/{page}"
