"""Made-up series of a sample result file, plausible in size and shape."""

import numpy as np
import pandas as pd
import xarray as xr

REGIONS = (
    "NL213 NL225 NL211 NL226 DE94B DEA34 DEA37 DEA33 DEA1B DE949 NL221 DEA1F DE944 DEA38 DEA35"
    " NL212 NL421 NL224 NL414 DE94E DE94F DEA1E DEA14 NL413 DEA1D DEA36 NL132 DE94C NL422 NL131"
    " NL133 DE948"
).split()
SECTORS = ["health", "production", "energy"]
KETS = ["nanotechnology", "photonics", "micro_electronics", "smart_materials"]
SIZES = ["micro", "small", "medium", "large"]
STAGES = [
    "unaware",
    "aware",
    "interested",
    "piloting",
    "adopted",
    "confirmed",
    "rejected",
    "discontinued",
]
TIME = pd.date_range("2014-01-01", "2029-12-01", freq="MS")
START, END = 27, 75  #: the programme runs from 2016-04 to 2020-03
AXES = ("scenario", "replicate", "time")


def window(delay=0, length=END - START):
    """Months in which something of the programme happens, as weights that add up to one."""
    weights = np.zeros(TIME.size)
    weights[START + delay : START + delay + length] = 1 / length
    return weights


def adopters(rng, scenarios, replicates, regions):
    """Stock of adopters: the same base in every scenario, more where the programme is."""
    size = np.array([0.12, 0.44, 0.4, 0.04])
    share = np.einsum(
        "r,s,k,z->rskz",
        np.linspace(2, 0.5, regions),
        [0.1, 0.8, 0.1],
        [0.2, 0.25, 0.3, 0.25],
        size,
    )
    share /= share.sum()
    rise = np.linspace(0.3, 1.7, TIME.size) / TIME.size
    luck = rng.normal(1, 0.12, replicates).clip(0.5)
    base = rng.poisson(
        420 * luck[:, None, None, None, None, None] * rise[:, None, None, None, None] * share
    )
    near = share * np.linspace(3, 0, regions)[:, None, None, None]
    lag = np.clip(np.arange(TIME.size) - START - 18, 0, None)
    extra = rng.poisson(
        75
        * luck[::-1, None, None, None, None, None]
        * (lag * np.exp(-lag / 26) / 676)[:, None, None, None, None]
        * near
        / near.sum()
    )
    flows = [base] + [base + extra] * (scenarios - 1)
    first = rng.poisson(90 * share, size=(replicates, 1, *share.shape))
    return (np.cumsum(flows, axis=2) + first).astype("int32")


def add(variables, name, values, kind, chart, doc, unit="1", dims=()):
    """Add a series with the attributes that ketsim writes."""
    variables[name] = xr.Variable(
        AXES + tuple(dims), values, {"long_name": doc, "units": unit, "kind": kind, "chart": chart}
    )


def make_series(rng, on, replicates, regions):
    """All series; `on` says for each scenario whether the programme runs."""
    variables = {}
    on = np.asarray(on)[:, None, None]
    luck = rng.normal(1, 0.1, (1, replicates, 1)).clip(0.6)
    stock = adopters(rng, on.shape[0], replicates, regions)
    add(
        variables,
        "adopters",
        stock,
        "stock",
        "Adoption",
        "Pairs of a firm and a KET that the firm has adopted",
        dims=("region", "sector", "ket", "size_class"),
    )
    add(
        variables,
        "firms_adopting",
        np.round(stock.sum(axis=(4, 5, 6)) * 0.72),
        "stock",
        "Adoption",
        "Firms that have adopted at least one KET",
        dims=("region",),
    )
    add(
        variables,
        "firms_aware",
        np.round(
            300
            + 900 * (1 - np.exp(-np.arange(TIME.size) / 90)) * luck
            + on * 260 * np.cumsum(window(3))
        ),
        "stock",
        "Awareness",
        "Firms that know at least one KET",
    )
    counts = {
        "firms_reached": (520, 0, "Distinct SMEs first reached in person by the programme"),
        "proposals_submitted": (23, 4, "First submissions for innovation projects"),
        "study_proposals_submitted": (9, 4, "First submissions for feasibility studies"),
        "projects_funded": (11, 8, "Innovation projects funded"),
        "studies_funded": (6, 8, "Feasibility studies funded"),
        "projects_completed": (9, 30, "Projects completed"),
        "projects_failed": (2, 24, "Projects that failed"),
        "products": (42, 22, "Product lines brought to market from completed projects"),
    }
    for name, (mean, delay, doc) in counts.items():
        length = min(END - START - 4, 48) - (delay if delay > 4 else 0)
        add(
            variables,
            name,
            on * rng.poisson(mean * luck * window(delay, length)),
            "flow",
            "From informed to product",
            doc,
        )
    for name, mean, doc in (
        ("firms_supported", 62, "Distinct SMEs with an award"),
        ("research_partners_supported", 14, "Distinct universities and institutes with an award"),
        ("large_firms_supported", 6, "Distinct large firms with an award"),
        ("firms_with_research_partner", 41, "Distinct SMEs with a task tie to a research partner"),
        ("cross_border_collaborations", 70, "SME-led bilateral contracts across the border"),
        ("assignments", 55, "Tasks that SMEs place with universities or institutes"),
    ):
        flow = on * rng.poisson(mean * luck * window(8, 36))
        add(variables, name, np.cumsum(flow, axis=2), "stock", "Cooperation", doc)
    money = {
        "public_money_committed": (5.6e6, 8, "Public money awarded, gross"),
        "public_money_paid": (5.2e6, 14, "Public money paid"),
        "private_contribution": (4.4e6, 14, "Partners' own contribution to funded projects"),
    }
    for name, (mean, delay, doc) in money.items():
        uneven = rng.gamma(4, 0.25, (on.shape[0], replicates, TIME.size))
        flow = np.round(on * luck * mean * window(delay, 32) * uneven, 2)
        add(
            variables, name, flow[..., None] * [0.9, 0.1], "flow", "Money", doc, "EUR", ("policy",)
        )
    ties = (
        800
        + rng.normal(0, 12, (1, replicates, TIME.size)).cumsum(2) / 3
        + on * 150 * np.cumsum(window(8))
    )
    across = (
        60 * luck
        + rng.normal(0, 3, (1, replicates, TIME.size)).cumsum(2) / 6
        + on * 95 * np.cumsum(window(8))
    )
    add(
        variables,
        "collaboration_ties",
        np.round(ties),
        "stock",
        "The border",
        "Active collaboration ties",
    )
    add(
        variables,
        "cross_border_ties",
        np.round(across),
        "stock",
        "The border",
        "Active collaboration ties across the border",
    )
    add(
        variables,
        "cross_border_share",
        across / ties,
        "ratio",
        "The border",
        "Share of active collaboration ties that cross the border",
    )
    held = (
        np.array([0.45, 0.25, 0.1, 0.05, 0.07, 0.04, 0.03, 0.01])[:, None]
        * [0.2, 0.25, 0.3, 0.25]
        * 6000
    )
    pairs = held * np.ones((on.shape[0], replicates, TIME.size, 1, 1))
    add(
        variables,
        "pairs_in_stage",
        pairs,
        "stock",
        "Stages",
        "Pairs of a firm and a KET in each stage",
        dims=("stage", "ket"),
    )
    return variables
