"""What both oracles are asked about: CDNOW's customers, and simulated ones by the day."""

from pathlib import Path

import lifetimes
import numpy as np
import pytest

from orchestration.clv.buying import BG_NBD, MBG_NBD, Histories
from orchestration.clv.simulate import by_day, simulate
from orchestration.clv.spend import Spends

DATA_SETS = Path(lifetimes.__file__).with_name("datasets")
MODELS = {model.name: model for model in (BG_NBD, MBG_NBD)}


@pytest.fixture(params=MODELS)
def model(request):
    """BG/NBD, then MBG/NBD."""
    return MODELS[request.param]


@pytest.fixture(params=["cdnow", "simulated"])
def histories(request, model) -> Histories:
    """One row per customer."""
    if request.param == "cdnow":
        rows = np.genfromtxt(DATA_SETS / "cdnow_customers_summary.csv", delimiter=",", skip_header=1)
        return Histories(rows[:, 1].astype(int), rows[:, 2], rows[:, 3], np.ones(len(rows), int))
    rng = np.random.default_rng(11)
    true = {"r": 0.6, "alpha": 40.0, "a": 0.9, "b": 2.5}
    compressed = by_day(simulate(model, true, rng.uniform(1, 729, 5_000), rng))
    each = (np.repeat(column, compressed.customers) for column in list(vars(compressed).values())[:3])
    return Histories(*each, np.ones(5_000, int))


@pytest.fixture
def spends() -> Spends:
    """CDNOW's 946 repeaters."""
    file = DATA_SETS / "cdnow_customers_summary_with_transactions.csv"
    rows = np.genfromtxt(file, delimiter=",", skip_header=1)[:, [1, 4]]
    repeaters = rows[rows[:, 0] > 0]
    return Spends(repeaters[:, 0].astype(int), repeaters[:, 1], np.ones(len(repeaters), int))
