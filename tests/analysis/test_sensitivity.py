"""Sensitivity indices against functions whose indices are known, and against OpenTURNS."""

from dataclasses import replace

import numpy as np
import pytest
import sensitivity
from ketsim_cli import UserError
from sample_sweep import (
    G_WEIGHTS,
    ISHIGAMI_FIRST,
    ISHIGAMI_TOTAL,
    g_function,
    g_indices,
    ishigami,
    saltelli,
    write_sweep,
)
from scipy.stats import qmc
from sensitivities.morris import morris_indices
from sensitivities.noise import noise_of
from sensitivities.ranks import partial_rank_correlation, rank_indices, spearman
from sensitivities.sobol import sobol_indices
from sensitivities.steps import step_indices
from sensitivities.sweeps import open_sweep

ROWS = 2048
THREE = ("x1", "x2", "x3")


def sobol_inputs(factors, rows=ROWS, seed=1):
    """A scrambled Sobol sequence of twice as many columns as factors."""
    return qmc.Sobol(2 * factors, seed=seed).random(rows)


def repeated(values, replicates=1):
    return np.repeat(np.asarray(values, float)[:, None], replicates, axis=1)


@pytest.fixture
def ishigami_file(tmp_path):
    """Function that writes Ishigami's function as a Saltelli sweep, with some change of its values."""

    def write(change=lambda values: values, replicates=1, rows=ROWS, second_order=False):
        factors, values, block, part = saltelli(sobol_inputs(3, rows), ishigami, THREE, -np.pi, np.pi, second_order)
        return write_sweep(tmp_path / "x.h5", "saltelli", factors, change(repeated(values, replicates)), block=block, part=part)

    return write


def indices_of(path, kind=sobol_indices, **options):
    sweep = open_sweep(path)
    response = sweep.response("adopters", **options)
    return kind(sweep, response, noise_of(response))


def test_ishigami_has_its_analytic_indices(ishigami_file):
    table = indices_of(ishigami_file())[0].table.loc[list(THREE)]
    np.testing.assert_allclose(table["first"], ISHIGAMI_FIRST, atol=0.02)
    np.testing.assert_allclose(table["total"], ISHIGAMI_TOTAL, atol=0.02)
    assert (table["first_low"] <= table["first"]).all() and (table["first"] <= table["first_high"]).all()
    inside = (table["total_low"] <= ISHIGAMI_TOTAL) & (ISHIGAMI_TOTAL <= table["total_high"])
    assert inside.all()


def test_pairs_of_ishigami_are_its_first_and_third(ishigami_file):
    pairs = indices_of(ishigami_file(second_order=True))[1].table
    assert pairs.index[0] == "x1 x x3"
    np.testing.assert_allclose(pairs["second"], [ISHIGAMI_TOTAL[2], 0.0, 0.0], atol=0.03)


def test_the_g_function_has_its_analytic_indices(tmp_path):
    names = [f"a{i}" for i in range(len(G_WEIGHTS))]
    factors, values, block, part = saltelli(sobol_inputs(len(names)), g_function, names)
    path = write_sweep(tmp_path / "g.h5", "saltelli", factors, repeated(values), block=block, part=part)
    table = indices_of(path)[0].table.loc[names]
    first, total = g_indices()
    np.testing.assert_allclose(table["first"], first, atol=0.02)
    np.testing.assert_allclose(table["total"], total, atol=0.02)


def test_luck_is_told_from_factors_and_taken_off(ishigami_file):
    random = np.random.default_rng(3)
    spread = 6.0  # of luck, against 3.7 of the function

    def noisy(values):
        shared = random.normal(0, 5.0, values.shape[1])  # luck that all points share is no noise of theirs
        return values + shared + random.normal(0, spread, values.shape)

    path = ishigami_file(noisy, replicates=8)
    sweep = open_sweep(path)
    noise = noise_of(sweep.response("adopters"))
    assert noise.variance == pytest.approx(spread**2 / 8, rel=0.02)
    assert noise.share == pytest.approx(4.5 / (4.5 + 13.84), abs=0.02)
    table = indices_of(path)[0].table.loc[list(THREE)]
    np.testing.assert_allclose(table["first"], ISHIGAMI_FIRST, atol=0.05)
    np.testing.assert_allclose(table["total"], ISHIGAMI_TOTAL, atol=0.05)


def test_without_that_a_factor_that_does_nothing_would_seem_to_do_something(tmp_path):
    random = np.random.default_rng(4)
    factors, values, block, part = saltelli(sobol_inputs(2), lambda x: x[:, 0], ("works", "idle"))
    noisy = values[:, None] + random.normal(0, 1.0, (len(values), 8))
    path = write_sweep(tmp_path / "x.h5", "saltelli", factors, noisy, block=block, part=part)
    sweep = open_sweep(path)
    response = sweep.response("adopters")
    corrected = sobol_indices(sweep, response, noise_of(response))[0].table
    blind = replace(response, replicates=None)
    naive = sobol_indices(sweep, blind, noise_of(blind))[0].table
    assert naive.loc["idle", "total"] > 0.5 > 0.1 > abs(corrected.loc["idle", "total"])


def test_missing_cells_cost_their_rows_and_are_told(ishigami_file, capsys, call):
    def holed(values):
        values = values.copy()
        values[::50] = np.nan
        return values

    path = ishigami_file(holed)
    found = indices_of(path)[0]
    assert found.of == ROWS and ROWS - len(range(0, ROWS * 5, 50)) <= found.used < ROWS
    np.testing.assert_allclose(found.table.loc[list(THREE), "total"], ISHIGAMI_TOTAL, atol=0.03)
    code, out, _ = call(sensitivity.main, path)
    assert code == 0 and "205 of 10240 runs are missing (0 failed)" in out
    assert f"{found.used} of {ROWS} rows of the base sample used; 205 points without a value left out" in out


def test_too_few_complete_rows_are_refused(ishigami_file):
    def empty(values):
        values = values.copy()
        values[::4] = np.nan
        return values

    with pytest.raises(UserError, match="rows of the base sample are complete"):
        indices_of(ishigami_file(empty, rows=16))


def test_jansens_total_index_agrees_with_openturns(ishigami_file):
    openturns = pytest.importorskip("openturns")
    inputs = -np.pi + 2 * np.pi * sobol_inputs(3)
    a, b = inputs[:, :3], inputs[:, 3:]
    design = np.vstack([a, b, *(np.where(np.arange(3) == i, b, a) for i in range(3))])
    algorithm = openturns.JansenSensitivityAlgorithm(
        openturns.Sample(design.tolist()), openturns.Sample(ishigami(design)[:, None].tolist()), ROWS
    )
    ours = indices_of(ishigami_file())[0].table.loc[list(THREE)]
    # OpenTURNS takes the variance of A alone, ketsim that of A and B.
    np.testing.assert_allclose(ours["total"], list(algorithm.getTotalOrderIndices()), rtol=0.01)
    np.testing.assert_allclose(ours["first"], list(algorithm.getFirstOrderIndices()), atol=0.02)


def test_rank_correlations_agree_with_openturns():
    openturns = pytest.importorskip("openturns")
    inputs = np.random.default_rng(1).random((200, 3))
    output = np.exp(2 * inputs[:, 0]) - inputs[:, 1] ** 3 + 0.1 * np.random.default_rng(2).random(200)
    analysis = openturns.CorrelationAnalysis(
        openturns.Sample(inputs.tolist()), openturns.Sample(output[:, None].tolist())
    )
    np.testing.assert_allclose(spearman(inputs, output), list(analysis.computeSpearmanCorrelation()), atol=1e-10)
    np.testing.assert_allclose(partial_rank_correlation(inputs, output), list(analysis.computePRCC()), atol=1e-10)


def morris_design(trajectories, factors, levels=4, seed=1):
    """Points, blocks and parts of trajectories with steps of levels / (2 (levels - 1))."""
    random = np.random.default_rng(seed)
    step = levels / (2 * (levels - 1))
    points, block, part = [], [], []
    for trajectory in range(trajectories):
        at = random.integers(0, levels // 2, factors) / (levels - 1)
        points.append(at.copy())
        block.append(trajectory)
        part.append("start")
        for factor in random.permutation(factors):
            at[factor] += step
            points.append(at.copy())
            block.append(trajectory)
            part.append(f"step:x{factor}")
    return np.array(points), block, part


def morris_file(path, values_of, trajectories=20, factors=4, replicates=1):
    points, block, part = morris_design(trajectories, factors)
    values = values_of(points)
    values = repeated(values, replicates) if values.ndim == 1 else values
    return write_sweep(path, "morris", {f"x{i}": (points[:, i] * 2, 0.0, 2.0) for i in range(factors)}, values, block=block, part=part)


def test_effects_of_a_linear_function_are_its_slopes(tmp_path):
    slopes = np.array([3.0, -2.0, 0.0, 0.5])
    table = indices_of(morris_file(tmp_path / "m.h5", lambda x: x @ slopes), morris_indices)[0].table
    table = table.loc[[f"x{i}" for i in range(4)]]
    np.testing.assert_allclose(table["mu_star"], np.abs(slopes), atol=1e-12)
    np.testing.assert_allclose(table["mu"], slopes, atol=1e-12)
    np.testing.assert_allclose(table["sigma"], 0.0, atol=1e-6)


def test_interaction_shows_in_sigma_and_luck_in_the_floor(tmp_path):
    product = morris_file(tmp_path / "m.h5", lambda x: x[:, 0] * x[:, 1])
    table = indices_of(product, morris_indices)[0].table
    assert table.loc["x0", "sigma"] > 0.2 and table.loc["x2", "sigma"] == pytest.approx(0.0, abs=1e-9)
    random = np.random.default_rng(5)
    noisy = morris_file(tmp_path / "n.h5", lambda x: x[:, :1] + random.normal(0, 1, (len(x), 10)), trajectories=200)
    table = indices_of(noisy, morris_indices)[0].table
    assert table.index[0] == "x0"
    idle = table.loc[["x1", "x2", "x3"]]
    np.testing.assert_allclose(idle["mu_star"], idle["floor"], rtol=0.15)
    assert (table["sigma"] < 0.35).all()


def test_missing_points_cost_morris_their_steps(tmp_path):
    def holed(points):
        values = points @ np.array([3.0, -2.0, 0.0, 0.5])
        values[7] = np.nan
        return values

    found = indices_of(morris_file(tmp_path / "m.h5", holed), morris_indices)[0]
    assert (found.used, found.of) == (78, 80)
    np.testing.assert_allclose(found.table.loc["x0", "mu_star"], 3.0)


def test_a_missing_replicate_leaves_no_shared_luck_behind(tmp_path):
    shared = np.array([50.0, -50.0, 0.0])  # luck of the replicates, in all points alike

    def holed(points):
        values = (points @ np.array([3.0, -2.0, 0.0, 0.5]))[:, None] + shared
        values[::7, 0] = np.nan
        return values

    table = indices_of(morris_file(tmp_path / "m.h5", holed), morris_indices)[0].table
    np.testing.assert_allclose(table.loc[["x0", "x1", "x2", "x3"], "mu"], [3.0, -2.0, 0.0, 0.5], atol=1e-9)


def test_one_at_a_time_gives_spans(tmp_path):
    factors = {"a": (np.array([1.0, 0.0, 2.0, 1.0, 1.0]), 0.0, 2.0), "b": (np.array([1.0, 1.0, 1.0, 0.0, 2.0]), 0.0, 2.0)}
    values = repeated([5.0, 4.0, 9.0, 5.5, 5.2])
    path = write_sweep(tmp_path / "o.h5", "one_at_a_time", factors, values, part=["base", "a", "a", "b", "b"])
    table = indices_of(path, step_indices)[0].table
    assert list(table.index) == ["a", "b"]
    assert list(table["span"]) == [5.0, 0.5]


def test_monotonic_effects_have_rank_correlation_one(tmp_path):
    inputs = qmc.LatinHypercube(2, seed=1).random(100)
    factors = {"strong": (inputs[:, 0], 0.0, 1.0), "idle": (inputs[:, 1], 0.0, 1.0)}
    path = write_sweep(tmp_path / "l.h5", "latin_hypercube", factors, repeated(np.exp(5 * inputs[:, 0])))
    table = indices_of(path, rank_indices)[0].table
    assert table.loc["strong", "spearman"] == pytest.approx(1.0)
    assert abs(table.loc["idle", "spearman"]) < 0.2


def test_luck_of_a_ratio_is_that_of_its_parts(tmp_path):
    random = np.random.default_rng(6)
    inputs = qmc.LatinHypercube(2, seed=1).random(400)
    factors = {"a": (inputs[:, 0], 0.0, 1.0), "b": (inputs[:, 1], 0.0, 1.0)}
    net = 20 + random.normal(0, 4, (400, 10))
    money = 1e6 * (1 + inputs[:, :1]) + random.normal(0, 1e5, (400, 10))
    ratio = money.mean(axis=1) / net.mean(axis=1)
    expected = np.var(ratio - 1e6 * (1 + inputs[:, 0]) / 20, ddof=1)  # what luck makes of it in truth
    ratio[3] = np.nan
    measures = {"net_additional_adopters": net, "public_money_change": money, "public_money_per_additional_adopter": ratio}
    path = write_sweep(tmp_path / "l.h5", "latin_hypercube", factors, repeated(inputs[:, 0], 10), measures=measures)
    sweep = open_sweep(path)
    response = sweep.response("public_money_per_additional_adopter")
    assert response.is_there.sum() == 399
    assert noise_of(response).variance == pytest.approx(expected, rel=0.15)
    assert sweep.headlines[:2] == ["net_additional_adopters", "public_money_per_additional_adopter"]


def test_of_a_ratio_of_unknown_parts_luck_is_not_known(tmp_path):
    inputs = qmc.LatinHypercube(2, seed=1).random(60)
    factors = {"a": (inputs[:, 0], 0.0, 1.0), "b": (inputs[:, 1], 0.0, 1.0)}
    path = write_sweep(tmp_path / "l.h5", "latin_hypercube", factors, repeated(inputs[:, 0]), measures={"other_ratio": 1 + inputs[:, 0]})
    noise = noise_of(open_sweep(path).response("other_ratio"))
    assert noise.variance == 0.0 and np.isnan(noise.share)


@pytest.mark.parametrize("design", ["saltelli", "morris", "latin_hypercube"])
def test_the_program_writes_tables_and_charts(tmp_path, call, ishigami_file, design):
    if design == "saltelli":
        path = ishigami_file(rows=16)
    elif design == "morris":
        path = morris_file(tmp_path / "x.h5", lambda x: x[:, 0])
    else:
        inputs = qmc.LatinHypercube(3, seed=1).random(30)
        path = write_sweep(tmp_path / "x.h5", design, {f"x{i}": (inputs[:, i], 0.0, 1.0) for i in range(3)}, repeated(inputs[:, 0]))
    code, out, err = call(sensitivity.main, path, "-o", tmp_path / "out")
    assert (code, err) == (0, "")
    names = {file.suffix for file in (tmp_path / "out").iterdir()}
    assert names == {".csv", ".pdf", ".png", ".svg"}
    assert f"design {design}" in out


def test_a_headline_without_values_does_not_end_the_others(tmp_path, call, ishigami_file):
    path = ishigami_file(change=lambda values: np.full_like(values, np.nan), rows=16)
    code, out, err = call(sensitivity.main, path)
    assert (code, err) == (0, "") and "Nothing to tell: adopters" in out
    assert call(sensitivity.main, path, "adopters")[0] == 2  # asked for


def test_wrong_questions_are_answered_in_one_sentence(tmp_path, call, ishigami_file, sample):
    path = ishigami_file(rows=16)
    for arguments, message in (
        ([path, "adoptrs"], "has no output 'adoptrs'; it has adopters"),
        ([path, "--scenario", "without"], "has no scenario 'without'"),
        ([path, "--at", "2021-01"], "stands at the end of 2020-12, not of 2021-01"),
        ([sample], "it lacks the coordinates design_point"),
        ([tmp_path / "none.h5"], "no such file"),
    ):
        code, _, err = call(sensitivity.main, *arguments)
        assert code == 2 and message in err and err.count("\n") == 1
