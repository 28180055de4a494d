"""The same model in SciPy: each step a product of a sparse matrix and the vector of states.

Prints what the C++ baselines print (see baseline.hpp). One thread, NumPy's generator.
"""

import argparse
import time

import numpy as np
from scipy import sparse

INNOVATION, IMITATION = 0.003, 0.1


def make_weights(agents, degree, seed):
    """Imitation over the number of neighbours, for each pair of neighbours of a random network.

    Parameters
    ----------
    agents, degree : int
        Size, and mean number of neighbours: each agent seeks half as many partners.
    seed : int
        Of the network.

    Returns
    -------
    scipy.sparse.csr_matrix
        Its product with the states is what imitation adds to the probability of adoption.
    """
    random = np.random.default_rng(seed)
    seeker = np.repeat(np.arange(agents, dtype=np.int32), degree // 2)
    sought = random.integers(0, agents, seeker.size, dtype=np.int32)
    seeker, sought = seeker[seeker != sought], sought[seeker != sought]
    ends = np.concatenate([seeker, sought]), np.concatenate([sought, seeker])
    ones = np.ones(ends[0].size, dtype=np.float32)
    ties = sparse.csr_matrix((ones, ends), shape=(agents, agents))
    ties.data[:] = 1.0  # doubles were added up
    degrees = np.diff(ties.indptr)
    ties.data[:] = np.repeat(IMITATION / np.maximum(degrees, 1), degrees)
    return ties


def simulate(weights, steps, random):
    """Adopters after each step."""
    adopted = np.zeros(weights.shape[0], dtype=np.float32)
    counts = []
    for _ in range(steps):
        probability = INNOVATION + weights @ adopted
        adopted[random.random(adopted.size, dtype=np.float32) < probability] = 1.0
        counts.append(np.count_nonzero(adopted))
    return counts


def main():
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    defaults = {"agents": 100_000, "steps": 100, "degree": 10, "seed": 1, "replicates": 1}
    for name, default in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    weights = make_weights(options.agents, options.degree, options.seed)
    started = time.perf_counter()
    counts = np.array(
        [
            simulate(weights, options.steps, np.random.default_rng([options.seed, replicate]))
            for replicate in range(options.replicates)
        ]
    )
    seconds = time.perf_counter() - started
    print(f"agent-steps/s {options.agents * counts.size / seconds:.4e}\nseconds {seconds:.6f}")
    half_way = counts[:, (options.steps - 1) // 2].mean()
    print(f"adopters {counts[:, -1].mean():.1f}\nadopters_half_way {half_way:.1f}")


if __name__ == "__main__":
    main()
