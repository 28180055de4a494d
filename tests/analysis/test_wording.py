"""Facts about numbers and sentences: digits follow the interval, and what is not known is said."""

import numpy as np
import pytest

from ketsim_bands import Estimate
from ketsim_headlines import cost_explained, cost_text
from ketsim_measures import Measures
from ketsim_metadata import Parameter, RecordEntry
from ketsim_prose import adoption_sentence, cost_sentence
from ketsim_record import INSIDE, OUTSIDE, OVERLAPS, UNKNOWN, is_fitted_to, verdict_of
from ketsim_wording import heading, one_line, quantity, slug, span, with_interval


@pytest.mark.parametrize(
    "estimate, unit, name, text",
    [
        (Estimate(58.3, 55.2, 61.4), "1", "", "58 [55 to 61]"),
        (Estimate(89227.6, 77628, 104396), "EUR", "", "EUR 89,000 [78,000 to 104,000]"),
        (Estimate(5201967, 4814359, 5589575), "EUR", "", "EUR 5.2 million [4.8 to 5.6 million]"),
        (
            Estimate(-1.1e6, -1.8e6, -4e5),
            "EUR",
            "",
            "EUR \N{MINUS SIGN}1.1 million [\N{MINUS SIGN}1.8 to \N{MINUS SIGN}0.4 million]",
        ),
        (Estimate(0.1619, 0.1571, 0.1666), "1", "cross_border_share", "16.2 % [15.7 to 16.7]"),
        (Estimate(1224.3, 1159.3, 1289.3), "month", "", "1,220 months [1,160 to 1,290]"),
        (Estimate(-0.4, -2.0, 1.2), "1", "", "\N{MINUS SIGN}0.4 [\N{MINUS SIGN}2.0 to 1.2]"),
        (Estimate(3.0), "1", "", "3"),
        # Far from symmetric, but not zero: no end is rounded away.
        (Estimate(310936, 100903, 18687949), "EUR", "", "EUR 300,000 [0.1 to 18.7 million]"),
        (Estimate(19.5, 0.44, 38.6), "1", "", "19.5 [0.4 to 38.6]"),
        (Estimate(np.nan), "EUR", "", "not defined"),
    ],
)
def test_digits_follow_the_interval(estimate, unit, name, text):
    assert with_interval(estimate, unit, name) == text


def test_difference_of_shares_is_in_points():
    assert quantity(0.09, "1", "cross_border_share", 0.01, signed=True) == "+9.0 points"


def test_whole_ranges_stay_whole():
    assert span(7.0, 16.0) == "7 to 16"


def test_names_become_words():
    assert (
        heading("cross_border_share") == "Cross-border share"
        and heading("micro_electronics") == "Micro-electronics"
    )


def test_text_for_a_terminal_has_no_control_characters():
    assert one_line("a\x1b[31m\nb") == "a [31m b"


def test_slug_is_safe_in_a_file_name():
    assert slug("../A b!") == "a-b" and slug("???") == "untitled"


def entry(value, low=np.nan, high=np.nan, name="products"):
    return RecordEntry(name, value, low, high, "1", "", "", "")


@pytest.mark.parametrize(
    "record, low, high, verdict",
    [
        (entry(24, 20, 24), 15, 30, INSIDE),
        (entry(24, 20, 24), 15, 22, OVERLAPS),
        (entry(24, 20, 24), 5, 19, OUTSIDE),
        (entry(40, 40), 50, 60, OVERLAPS),
        (entry(40, 40), 20, 30, OUTSIDE),
        (entry(40), 50, 60, OUTSIDE),
        (entry(40), np.nan, np.nan, UNKNOWN),
    ],
)
def test_record_is_compared_with_the_range_of_luck(record, low, high, verdict):
    assert verdict_of(record, low, high) == verdict


def test_fitted_targets_are_found_in_the_source_of_fitted_parameters():
    fitted = Parameter("a", "1", "", "products: 40", "F", "1", {})
    assumed = Parameter("b", "1", "", "firms_reached", "A", "1", {})
    assert is_fitted_to(entry(40), [fitted, assumed])
    assert not is_fitted_to(entry(500, name="firms_reached"), [fitted, assumed])


class Fake(Measures):
    """Measures made up of a few estimates."""

    def __init__(self, **estimates):
        self.names = list(estimates)
        self._estimates = estimates

    def estimate(self, name, alternative, horizon):
        return self._estimates[name]

    def replicates(self, name, alternative, horizon):
        return {
            "net_additional_adopters": np.array([-3.0, 4.0, 1.0]),
            "public_money_change": np.array([4.9e6, 5e6, 5.1e6]),
        }[name]


def test_undefined_cost_is_said_plainly_with_adopters_per_million():
    measures = Fake(
        net_additional_adopters=Estimate(0.7, -8, 9),
        public_money_change=Estimate(5e6, 4.8e6, 5.2e6),
        public_money_per_additional_adopter=Estimate(np.nan),
    )
    assert cost_text(measures, "rocket", "2025-03") == "not defined"
    text = cost_explained(measures, "rocket", "2025-03")
    assert "cannot be told from zero" in text and "Per million EUR" in text
    assert "cannot tell" in adoption_sentence(measures, "rocket", "2025-03", "Nothing")


def test_cheaper_and_no_worse_dominates():
    measures = Fake(
        net_additional_adopters=Estimate(5, 3, 7),
        public_money_change=Estimate(-2e6, -3e6, -1e6),
        public_money_per_additional_adopter=Estimate(-4e5, -5e5, -3e5),
    )
    assert "dominates" in cost_text(
        measures, "rocket", "2025-03"
    ) and "dominates" in cost_sentence(measures, "rocket", "2025-03")


def test_dearer_and_no_better_is_dominated_and_has_no_price():
    measures = Fake(
        net_additional_adopters=Estimate(-18, -21, -15),
        public_money_change=Estimate(3e6, 2.9e6, 3.1e6),
        public_money_per_additional_adopter=Estimate(-170e3, -200e3, -150e3),
    )
    assert cost_text(measures, "vouchers", "2020-03").startswith("dominated")
    assert "the baseline dominates it" in cost_sentence(measures, "vouchers", "2020-03")


def test_less_for_less_saves_money_and_buys_no_adoption():
    measures = Fake(
        net_additional_adopters=Estimate(-18, -21, -15),
        public_money_change=Estimate(-1.3e6, -1.4e6, -1.2e6),
        public_money_per_additional_adopter=Estimate(72e3, 60e3, 90e3),
    )
    assert measures.trade("funding", "2025-03") == "saves"
    assert cost_text(measures, "funding", "2025-03") == (
        "saves EUR 72,000 [60,000 to 90,000] per adopter fewer"
    )
    assert "the public saved EUR 72,000" in cost_sentence(measures, "funding", "2025-03")


@pytest.mark.parametrize("net", [Estimate(-18, -21, -15), Estimate(18, 15, 21)])
def test_money_that_may_have_risen_or_fallen_gives_no_price(net):
    measures = Fake(
        net_additional_adopters=net,
        public_money_change=Estimate(0.5e6, -1e6, 2e6),
        public_money_per_additional_adopter=Estimate(28e3, -56e3, 111e3),
    )
    assert cost_text(measures, "rocket", "2025-03").startswith("no price")
    assert "cannot be told" in cost_sentence(measures, "rocket", "2025-03")


def test_fewer_adoptions_are_called_fewer_than_in_the_baseline():
    measures = Fake(net_additional_adopters=Estimate(-5, -7, -3))
    text = adoption_sentence(measures, "rocket", "2025-03", "Loans")
    assert "5.0 (3.0 to 7.0) fewer adoptions" in text and "with Loans" in text
