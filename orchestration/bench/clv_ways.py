"""One way of fitting BG/NBD to the histories in a file, or of predicting from it: a process of its own, to be measured.

`python -m orchestration.bench.clv_ways ours|lifetimes|lifetimes_apart|scipy <histories.npz>` prints as JSON the seconds of the work, without loading, and what
came out. The two of lifetimes need the environment of `make oracles`.
"""

import json
import sys
import time
from collections.abc import Callable

import numpy as np

HORIZONS = (91, 182, 273, 365)  # days
Work = Callable[[], dict[str, float]]


def ours(columns: list[np.ndarray]) -> Work:
    """The parameters, with standard errors made on the way."""
    from orchestration.clv.buying import BG_NBD, Histories
    from orchestration.clv.fit import fit_buying

    return lambda: fit_buying(BG_NBD, Histories(*columns)).parameters


def lifetimes(columns: list[np.ndarray]) -> Work:
    """The same by `lifetimes`, where equal customers are one weighted row too."""
    import pandas as pd
    from lifetimes import BetaGeoFitter

    repeats, last, age, customers = (pd.Series(column) for column in columns)
    return lambda: dict(BetaGeoFitter().fit(repeats, last, age, weights=customers).params_)


def lifetimes_apart(columns: list[np.ndarray]) -> Work:
    """As it is mostly used: a row per customer."""
    *histories, customers = columns
    return lifetimes([*(np.repeat(column, customers) for column in histories), np.ones(customers.sum())])


def scipy(columns: list[np.ndarray]) -> Work:
    """What the scoring models say of each customer, by closed forms and SciPy's hypergeometric function, left in memory."""
    from orchestration.bench.clv_customers import SPEND, TRUE
    from orchestration.clv.buying import BG_NBD, MBG_NBD, chance_alive, expected_purchases

    repeats, last, age, customers = columns
    history = [np.repeat(column, customers) for column in (repeats, last, age)]

    def score() -> dict[str, float]:
        orders = [expected_purchases(BG_NBD, TRUE, float(days), *history) for days in HORIZONS]
        alive = chance_alive(MBG_NBD, TRUE, *history)
        p, q, gamma = SPEND.values()
        spend = p * (gamma + history[0] * 20.0) / (p * history[0] + q - 1)
        worth = [spend * sum(np.diff(orders[: n + 1], axis=0, prepend=0)) for n in range(len(HORIZONS))]
        return {
            "orders": float(orders[-1].sum()),
            "alive": float(alive.sum()),
            "worth": float(worth[-1].sum()),
        }

    return score


def main() -> None:
    """Goes the way that is named first, on the file named second."""
    way, file = sys.argv[1:]
    ways = {named.__name__: named for named in (ours, lifetimes, lifetimes_apart, scipy)}
    work = ways[way](list(np.load(file).values()))
    cpu, wall = time.process_time(), time.monotonic()
    found = work()
    print(json.dumps({"cpu": time.process_time() - cpu, "wall": time.monotonic() - wall} | found))


if __name__ == "__main__":
    main()
