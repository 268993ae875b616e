"""Simulated customers for the bench: `python -m orchestration.bench.clv_customers 1000000`, a process of its own, whose memory nobody counts.

Writes histories.npz into $C360_DATA, and a warehouse with what the scoring models of dbt read.
"""

import sys
from datetime import date

import numpy as np
import pyarrow as pa

from orchestration.clv.buying import BG_NBD, Histories
from orchestration.clv.fit import Fit
from orchestration.clv.simulate import by_day, simulate
from orchestration.clv.tables import DatedFit, Subject, write_fits
from orchestration.warehouse import DuckDBWarehouse, Paths

TRUE = {"r": 0.25, "alpha": 31.0, "a": 0.8, "b": 2.43}  # about those of CDNOW's customers, in days
SPEND = {"p": 6.25, "q": 3.74, "gamma": 15.4}
AS_OF = date(2026, 6, 30)
OLDEST = 728  # days since the first purchase; all ages are equally frequent
HISTORIES = "histories.npz"
_TABLES = f"""
    create or replace table intermediate.int_value__repeat_counts as
    select 'prediction' as purpose, 'all' as scope, date '{AS_OF}' as cut_off, *
    from intermediate.int_value__repeat_counts;

    create or replace table intermediate.int_value__repeat_histories as
    select
        purpose,
        md5(cast(row_number() over () as varchar)) as customer_id,
        scope,
        cut_off,
        repeats,
        last_repeat_age_days,
        age_days,
        case when repeats > 0 then 20e0 + age_days % 50 end as mean_spend
    from intermediate.int_value__repeat_counts, range(customers)
"""


def main() -> None:
    """As many customers as the argument says."""
    rng = np.random.default_rng(360)
    ages = rng.uniform(0, OLDEST, int(sys.argv[1]))
    histories = by_day(simulate(BG_NBD, TRUE, ages, rng))
    paths = Paths()
    np.savez(paths.root / HISTORIES, *vars(histories).values())
    with DuckDBWarehouse(paths.warehouse) as warehouse:
        warehouse.replace({"intermediate.int_value__repeat_counts": _counts(histories)})
        warehouse.execute(_TABLES)
        write_fits(warehouse, [_fit("bg_nbd", TRUE), _fit("mbg_nbd", TRUE), _fit("gamma_gamma", SPEND)])


def _counts(histories: Histories) -> pa.Table:
    names = ("repeats", "last_repeat_age_days", "age_days", "customers")
    columns = (column.astype(np.int64) for column in vars(histories).values())
    return pa.table(dict(zip(names, columns, strict=True)))


def _fit(model: str, parameters: dict[str, float]) -> DatedFit:
    fit = Fit(model, 1_000_000, 1_000_000, 0.0, parameters, dict.fromkeys(parameters, 0.0))
    return DatedFit(Subject("prediction", model, "all", AS_OF), AS_OF, fit)


if __name__ == "__main__":
    main()
