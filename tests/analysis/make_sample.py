"""Makes a plausible result file of `ketsim compare` or `ketsim run`, with made-up numbers, for tests of the analysis.

Usage: python3 make_sample.py FILE.h5 [--run] [--regions N] [--replicates N]
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

REGIONS = ("NL213 NL225 NL211 NL226 DE94B DEA34 DEA37 DEA33 DEA1B DE949 NL221 DEA1F DE944 DEA38 DEA35 NL212 NL421 NL224 "
           "NL414 DE94E DE94F DEA1E DEA14 NL413 DEA1D DEA36 NL132 DE94C NL422 NL131 NL133 DE948").split()
SECTORS = ["health", "production", "energy"]
KETS = ["nanotechnology", "photonics", "micro_electronics", "smart_materials"]
SIZES = ["micro", "small", "medium", "large"]
STAGES = ["unaware", "aware", "interested", "piloting", "adopted", "confirmed", "rejected", "discontinued"]
HORIZONS = ["2020-03", "2025-03"]
TIME = pd.date_range("2014-01-01", "2029-12-01", freq="MS")
START, END = 27, 75  #: the programme runs from 2016-04 to 2020-03
AXES = ("scenario", "replicate", "time")


def window(delay=0, length=END - START):
    """Months in which something of the programme happens, as weights that add up to one."""
    weights = np.zeros(TIME.size)
    weights[START + delay:START + delay + length] = 1 / length
    return weights


def adopters(rng, scenarios, replicates, regions):
    """Stock of adopters: the same base in every scenario, more where the programme is."""
    size = np.array([0.12, 0.44, 0.4, 0.04])
    share = np.einsum("r,s,k,z->rskz", np.linspace(2, 0.5, regions), [0.1, 0.8, 0.1], [0.2, 0.25, 0.3, 0.25], size)
    share /= share.sum()
    rise = np.linspace(0.3, 1.7, TIME.size) / TIME.size
    luck = rng.normal(1, 0.12, replicates).clip(0.5)
    base = rng.poisson(420 * luck[:, None, None, None, None, None] * rise[:, None, None, None, None] * share)
    near = share * np.linspace(3, 0, regions)[:, None, None, None]
    lag = np.clip(np.arange(TIME.size) - START - 18, 0, None)
    extra = rng.poisson(75 * luck[::-1, None, None, None, None, None]
                        * (lag * np.exp(-lag / 26) / 676)[:, None, None, None, None] * near / near.sum())
    flows = [base] + [base + extra] * (scenarios - 1)
    first = rng.poisson(90 * share, size=(replicates, 1, *share.shape))
    return (np.cumsum(flows, axis=2) + first).astype("int32")


def add(variables, name, values, kind, chart, doc, unit="1", dims=()):
    """Add a series with the attributes that ketsim writes."""
    variables[name] = xr.Variable(AXES + tuple(dims), values,
                                  {"long_name": doc, "units": unit, "kind": kind, "chart": chart})


def make_series(rng, on, replicates, regions):
    """All series; `on` says for each scenario whether the programme runs."""
    variables = {}
    on = np.asarray(on)[:, None, None]
    luck = rng.normal(1, 0.1, (1, replicates, 1)).clip(0.6)
    stock = adopters(rng, on.shape[0], replicates, regions)
    add(variables, "adopters", stock, "stock", "Adoption", "Pairs of a firm and a KET that the firm has adopted",
        dims=("region", "sector", "ket", "size_class"))
    total = stock.sum(axis=(3, 4, 5, 6))
    add(variables, "firms_adopting", np.round(total * 0.72), "stock", "Adoption", "Firms that have adopted at least one KET")
    add(variables, "firms_aware", np.round(300 + 900 * (1 - np.exp(-np.arange(TIME.size) / 90)) * luck
                                           + on * 260 * np.cumsum(window(3))), "stock", "Awareness",
        "Firms that know at least one KET")
    counts = {"firms_reached": (520, 0, "Distinct SMEs first reached in person by the programme"),
              "proposals_submitted": (23, 4, "First submissions for innovation projects"),
              "study_proposals_submitted": (9, 4, "First submissions for feasibility studies"),
              "projects_funded": (11, 8, "Innovation projects funded"),
              "studies_funded": (6, 8, "Feasibility studies funded"),
              "projects_completed": (9, 30, "Projects completed"), "projects_failed": (2, 24, "Projects that failed"),
              "products": (42, 22, "Product lines brought to market from completed projects")}
    for name, (mean, delay, doc) in counts.items():
        length = min(END - START - 4, 48) - (delay if delay > 4 else 0)
        add(variables, name, on * rng.poisson(mean * luck * window(delay, length)), "flow", "From informed to product", doc)
    for name, mean, doc in (("firms_supported", 62, "Distinct SMEs with an award"),
                            ("research_partners_supported", 14, "Distinct universities and institutes with an award"),
                            ("large_firms_supported", 6, "Distinct large firms with an award"),
                            ("firms_with_research_partner", 41, "Distinct SMEs with a task tie to a research partner"),
                            ("cross_border_collaborations", 70, "SME-led bilateral contracts across the border"),
                            ("assignments", 55, "Tasks that SMEs place with universities or institutes")):
        flow = on * rng.poisson(mean * luck * window(8, 36))
        add(variables, name, np.cumsum(flow, axis=2), "stock", "Cooperation", doc)
    money = {"public_money_committed": (5.6e6, 8, "Public money awarded, gross"),
             "public_money_paid": (5.2e6, 14, "Public money paid"),
             "private_contribution": (4.4e6, 14, "Partners' own contribution to funded projects")}
    for name, (mean, delay, doc) in money.items():
        flow = np.round(on * luck * mean * window(delay, 32) * rng.gamma(4, 0.25, (on.shape[0], replicates, TIME.size)), 2)
        add(variables, name, flow[..., None] * [0.9, 0.1], "flow", "Money", doc, "EUR", ("policy",))
    ties = 800 + rng.normal(0, 12, (1, replicates, TIME.size)).cumsum(2) / 3 + on * 150 * np.cumsum(window(8))
    across = 60 * luck + rng.normal(0, 3, (1, replicates, TIME.size)).cumsum(2) / 6 + on * 95 * np.cumsum(window(8))
    add(variables, "collaboration_ties", np.round(ties), "stock", "The border", "Active collaboration ties")
    add(variables, "cross_border_ties", np.round(across), "stock", "The border", "Active collaboration ties across the border")
    add(variables, "cross_border_share", across / ties, "ratio", "The border",
        "Share of active collaboration ties that cross the border")
    held = np.array([0.45, 0.25, 0.1, 0.05, 0.07, 0.04, 0.03, 0.01])[:, None] * [0.2, 0.25, 0.3, 0.25] * 6000
    pairs = held * np.ones((on.shape[0], replicates, TIME.size, 1, 1))
    add(variables, "pairs_in_stage", pairs, "stock", "Stages", "Pairs of a firm and a KET in each stage",
        dims=("stage", "ket"))
    return variables


def mean_interval(values):
    """Mean over replicates with a 95 % interval (normal, good enough for made-up numbers)."""
    mean, error = values.mean(1), values.std(1, ddof=1) / np.sqrt(values.shape[1])
    return mean, mean - 2.09 * error, mean + 2.09 * error


def make_measures(rng, variables):
    """Measures of the second and later scenarios against the first."""
    total = variables["adopters"].values.sum(axis=(3, 4, 5, 6))
    paid = variables["public_money_paid"].values.sum(axis=3).cumsum(axis=2)
    own = variables["private_contribution"].values.sum(axis=3).cumsum(axis=2)
    at = [TIME.get_loc(f"{month}-01") for month in HORIZONS]

    def change(values):
        return (values[1:] - values[:1])[:, :, at].astype(float)

    net = change(total)
    displaced = rng.poisson(4, net.shape).astype(float)
    measures = {"additional_adopters": (net + displaced, "1", "Pairs that adopted only with the alternative"),
                "displaced_adopters": (displaced, "1", "Pairs that adopted only in the baseline"),
                "net_additional_adopters": (net, "1", "Additional less displaced adopters"),
                "deadweight_adopters": (rng.poisson(14, net.shape) * 1.0, "1", "Paid adopters that adopt in both"),
                "spillover_adopters": (np.round(0.3 * net), "1", "Additional adopters that no policy reached"),
                "months_gained": (net * 21, "month", "Months by which adoption came earlier, summed"),
                "public_money_change": (change(paid), "EUR", "Public money, alternative less baseline"),
                "private_money_change": (1.2 * change(own), "EUR", "Private KET spending, alternative less baseline")}
    made, dims = {}, ("alternative", "replicate", "horizon")
    for name, (values, unit, doc) in measures.items():
        made[name] = xr.Variable(dims, values, {"long_name": doc, "units": unit})
        for suffix, part in zip(("mean", "low", "high"), mean_interval(values)):
            made[f"{name}_{suffix}"] = xr.Variable((dims[0], dims[2]), part, {"units": unit, "long_name": doc})
    cost = made["public_money_change_mean"].values / made["net_additional_adopters_mean"].values
    leverage = made["private_money_change_mean"].values / made["public_money_change_mean"].values
    for name, centre, unit in (("public_money_per_additional_adopter", cost, "EUR"), ("leverage", leverage, "1")):
        for suffix, factor in (("", 1), ("_low", 0.87), ("_high", 1.17)):
            made[name + suffix] = xr.Variable((dims[0], dims[2]), centre * factor, {"units": unit, "long_name": name})
    return made


def text(values):
    """Strings as an object array, which becomes variable-length UTF-8."""
    return np.array(values, dtype=object)


def make_parameters(scenarios):
    """A few parameters of every grade."""
    rows = [("seed_of_world", "1", "Which world", "", "S", "1"),
            ("market.entry", "1", "Chance that a product reaches the market", "parameters.csv: zim.market_entry_share", "M", "0.6"),
            ("adoption.media", "1/yr", "Hazard of awareness from media", "products: more than 40 in the record", "F", "0.021"),
            ("border.language_friction", "1", "Language friction", "proposals_submitted = 24, studies_funded = 6", "F", "0.4"),
            ("adoption.hurdle_rate", "1/yr", "Return that a firm asks for", "assumption", "A", "0.12"),
            ("projects.tech_success", "1", "Technical success", "project.tech_success", "E", "0.7"),
            ("programmes[rocket].budget", "EUR", "Budget of the programme", "rocket.budget_eur", "M", "9994868.76")]
    columns = ("path", "unit", "doc", "source", "grade", "default")
    data = {name: ("parameter", text([row[i] for row in rows])) for i, name in enumerate(columns)}
    values = [[row[5] if s or "rocket" not in row[0] else "" for row in rows] for s in range(len(scenarios))]
    data["value"] = (("scenario", "parameter"), text(values))
    return xr.Dataset(data)


def make_record():
    """The public record of ROCKET."""
    page = "project page, 2018-03-29"
    rows = [("proposals_submitted", 24, 20, 24, "1", page, "almost two dozen proposals"),
            ("projects_funded", 11, 11, 11, "1", "INTERREG page", "innovation projects"),
            ("studies_funded", 6, 6, 7, "1", "INTERREG page", "feasibility studies"),
            ("products", 40, 40, np.nan, "1", page, "more than 40 products"),
            ("firms_reached", 500, 200, 1000, "1", page, "hundreds of SMEs; the range is a reading of the word"),
            ("public_money_paid+private_contribution", 9994868.76, 9994868.76, 9994868.76, "EUR", "Interreg Europe 1926",
             "total cost of the programme's work")]
    columns = ("name", "value", "low", "high", "unit", "source", "doc")
    return xr.Dataset({name: ("entry", text([row[i] for row in rows]) if isinstance(rows[0][i], str)
                              else np.array([row[i] for row in rows], float)) for i, name in enumerate(columns)})


def make_sample(path, run=False, regions=8, replicates=20, titles=None, extra=None, drop=(), scenarios=None):
    """Write a sample result file.

    Parameters
    ----------
    path : pathlib.Path
    run : bool
        Whether to write what `ketsim run` writes: one scenario, no measures.
    regions, replicates : int
    titles : list of str, optional
    extra : dict of str to xarray.Variable, optional
        Series to add.
    drop : tuple of str
        Variables to leave out.
    scenarios : list of str, optional
        Labels; the first is the baseline.

    Returns
    -------
    pathlib.Path
    """
    rng = np.random.default_rng(7)
    scenarios = scenarios or (["rocket"] if run else ["no_programme", "rocket"])
    named = {"rocket": "ROCKET INTERREG programme", "no_programme": "No programme"}
    titles = titles or [named.get(name, name) for name in scenarios]
    variables = make_series(rng, [name != "no_programme" for name in scenarios], replicates, regions)
    coordinates = {"scenario": text(scenarios), "replicate": np.arange(replicates), "time": TIME,
                   "region": text(REGIONS[:regions]), "country": text(["NL", "DE"]), "sector": text(SECTORS),
                   "ket": text(KETS), "size_class": text(SIZES), "stage": text(STAGES),
                   "policy": text(["projects", "studies"])}
    if not run:
        variables |= make_measures(rng, variables)
        coordinates |= {"alternative": text(scenarios[1:]), "horizon": text(HORIZONS)}
    variables |= extra or {}
    attributes = {"Conventions": "CF-1.10", "format_version": 1, "command": "run" if run else "compare", "seed": 42}
    dataset = xr.Dataset(variables, coordinates, attributes).drop_vars(list(drop))
    packed = {"zlib": True, "complevel": 1}
    dataset.to_netcdf(path, engine="h5netcdf", unlimited_dims=["replicate"],
                      encoding={"time": {"units": "days since 2014-01-01"}, "adopters": packed} if "adopters" not in drop
                      else {"time": {"units": "days since 2014-01-01"}})
    provenance = xr.Dataset({"title": ("scenario", text(titles)),
                             "resolved_scenario": ("scenario", text(["title: x\n"] * len(scenarios)))},
                            attrs={"ketsim": "0.1.0", "commit": "abc1234", "HDF5": "1.10.8"})
    for name, group in (("parameters", make_parameters(scenarios)), ("provenance", provenance), ("record", make_record())):
        group.to_netcdf(path, group=name, mode="a", engine="h5netcdf")
    return Path(path)


def main():
    """Write a sample from the command line."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--run", action="store_true")
    arguments.add_argument("--regions", type=int, default=len(REGIONS))
    arguments.add_argument("--replicates", type=int, default=20)
    options = arguments.parse_args()
    make_sample(options.file, options.run, min(options.regions, len(REGIONS)), options.replicates)


if __name__ == "__main__":
    main()
