"""RFM scores: ours against the least that any scoring costs, reading and writing the table, and against `ntile`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from orchestration.bench.dbt_steps import dbt
from orchestration.bench.measure import HEADER, Cost
from orchestration.bench.statement import statement
from orchestration.warehouse import DuckDBWarehouse, Paths

_BUYERS = Path(__file__).with_name("buyers.sql")
_COMPILED = Path("dbt", "compiled", "customer_360", "models", "marts", "rfm", "customer_rfm.sql")
_AS_OF = ["--vars", "{as_of_date: 2026-06-30}"]
_FLOOR = "select * from main.ours"
# what tutorials do: every customer is sorted three times, and equal ones score differently
_NTILE = """
    with scored as (
        select
            *,
            case when order_days > 0 then ntile(5) over (partition by order_days > 0 order by last_order_date) end as r,
            case when order_days > 0 then ntile(5) over (partition by order_days > 0 order by order_days) end as f,
            case when order_days > 0 then ntile(5) over (partition by order_days > 0 order by net_revenue) end as m
        from intermediate.int_rfm__measured
    )
    select
        customer_id, date '2026-06-30' - last_order_date as recency_days, orders, order_days, net_revenue, r, f, m,
        coalesce(segment, 'no_orders') as segment, date '2026-06-30' as as_of_date
    from scored
    left join seeds.rfm_segments on r = recency_score and f = frequency_score and m = monetary_score
"""


def bench(customers: int) -> None:
    """Scores so many customers in each way and prints a line for each; starting a process is measured first, and taken off."""
    print(HEADER.replace("     size", "customers"))
    with TemporaryDirectory() as folder:
        data = Path(folder)
        dbt(data, "seed", "--select", "rfm_segments")
        with DuckDBWarehouse(Paths(data).warehouse) as warehouse:
            warehouse.execute(f"set variable customers = {customers}")
            warehouse.execute(_BUYERS.read_text())
        dbt(data, "compile", "--select", "customer_rfm", *_AS_OF)
        idle = statement(data, "select 1").cpu
        ours = _written(data, "ours", (data / _COMPILED).read_text())
        floor = _written(data, "floor", _FLOOR)
        ntile = _written(data, "ntile", _NTILE)
    print(ours.line(customers, "RFM, by distinct value"))
    print(floor.line(customers, "RFM, reading and writing alone"))
    print(ntile.line(customers, "RFM, by ntile"))
    net = [cost.cpu - idle for cost in (ours, floor, ntile)]
    print(
        f"Less starting ({idle:.1f} CPU s): {net[0]:.1f}, {net[1]:.1f} and {net[2]:.1f} CPU s; "
        f"ours is {net[0] / net[1]:.1f} times the floor, ntile {net[2] / net[1]:.1f} times.",
        flush=True,
    )


def _written(data: Path, table: str, query: str) -> Cost:
    return statement(data, f"create or replace table main.{table} as {query}")
