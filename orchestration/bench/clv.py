"""Customer value: the fit against `lifetimes`, and the scoring SQL against SciPy's hypergeometric function, on simulated customers."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from orchestration.bench.clv_customers import AS_OF, HISTORIES, TRUE
from orchestration.bench.dbt_steps import dbt
from orchestration.bench.measure import HEADER, Cost, measure
from orchestration.bench.statement import statement
from orchestration.warehouse import PROJECT

ORACLES = PROJECT / ".venv-oracles" / "bin" / "python"
MOST_APART = 1_000_000  # customers whom lifetimes may have in a row each: more take minutes and gigabytes
_SCORES = [f"int_value__{name}" for name in ("parameters", "dropout_weights", "expected_orders", "scores")]
_COMPILED = Path("dbt", "compiled", "customer_360", "models", "intermediate", "value")
_ORDERS = "select sum(expected_orders_12_months) from int_value__scores"
_SUM = "orders.csv"


def bench(customers: int) -> None:
    """Fits and scores so many customers in both ways, checks that both say the same, and prints a line for each.

    Seconds are those of the work, without loading. Raises ValueError when two ways disagree.
    """
    print(HEADER)
    with TemporaryDirectory() as folder:
        data = Path(folder)
        measure([sys.executable, "-m", "orchestration.bench.clv_customers", str(customers)], data)
        _bench_fit(customers, data)
        _bench_scoring(customers, data)


def _bench_fit(customers: int, data: Path) -> None:
    ours, fitted = _go(sys.executable, "ours", data)
    print(ours.line(customers, "BG/NBD, fit"), flush=True)
    if not ORACLES.exists():
        print("Nothing to hold it against: `make oracles` installs lifetimes.")
        return
    theirs, fitted_there = _go(str(ORACLES), "lifetimes", data)
    print(theirs.line(customers, "BG/NBD, fit by lifetimes"), flush=True)
    shares = [ours.cpu / theirs.cpu]
    if customers <= MOST_APART:
        apart, _ = _go(str(ORACLES), "lifetimes_apart", data)
        print(apart.line(customers, "the same, a row per customer"))
        shares.append(ours.cpu / apart.cpu)
    off = max(abs(fitted[name] / fitted_there[name] - 1) for name in TRUE)
    print(
        f"Parameters {off:.0e} apart. {' and '.join(f'{share:.2f}' for share in shares)} of its CPU time.",
        flush=True,
    )
    if off > 1e-2:
        raise ValueError("the two fits differ")


def _bench_scoring(customers: int, data: Path) -> None:
    dbt(data, "compile", "--vars", f"as_of_date: {AS_OF}", "--select", *_SCORES)
    models = [
        f"create or replace table intermediate.{model} as {(data / _COMPILED / f'{model}.sql').read_text()};"
        for model in _SCORES
    ]
    models[-1] = models[-1].replace(
        "table intermediate.", "temporary table ", 1
    )  # arrays are not written either
    models.append(f"copy ({_ORDERS}) to '{data / _SUM}' (header false);")
    idle, whole = statement(data, "select 1"), statement(data, "\n".join(models))
    ours = Cost(whole.wall - idle.wall, whole.cpu - idle.cpu, whole.peak)
    print(ours.line(customers, "scoring, SQL"))
    scipy, expected = _go(sys.executable, "scipy", data)
    print(scipy.line(customers, "scoring, SciPy"))
    orders = float((data / _SUM).read_text())
    print(
        f"Orders of a year: {orders:,.0f} and {expected['orders']:,.0f}. {ours.cpu / scipy.cpu:.2f} of SciPy's CPU time.",
        flush=True,
    )
    if not np.isclose(orders, expected["orders"], rtol=1e-5):
        raise ValueError("SQL and SciPy expect different orders")


def _go(python: str, way: str, data: Path) -> tuple[Cost, dict[str, float]]:
    """The cost of a way, and what came out of it."""
    whole = measure([python, "-m", "orchestration.bench.clv_ways", way, str(data / HISTORIES)], data)
    found = json.loads((data / "bench.log").read_text().splitlines()[-1])
    return Cost(found.pop("wall"), found.pop("cpu"), whole.peak), found
