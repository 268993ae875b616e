"""How well the models fit, drawn: only sums over all customers."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import numpy as np

from orchestration.clv.buying import BuyingModel, expected_purchases, repeat_count_chances
from orchestration.clv.tables import BACKTEST, EVERYBODY, PREDICTION
from orchestration.warehouse import Warehouse

MOST = 7  # repeats that are told apart
AGES = """
    select age_days, sum(customers) as customers
    from intermediate.int_value__repeat_counts
    where purpose = '{purpose}' and scope = '{scope}'
    group by age_days
    order by age_days
"""
REPEATS = """
    select least(repeats, {most}) as repeats, sum(customers) as customers
    from intermediate.int_value__repeat_counts
    where purpose = '{purpose}' and scope = '{scope}'
    group by least(repeats, {most})
"""
# those whom the back-test has seen, with what they bought after its end as well
REPEAT_DAYS = """
    select occasions.occasion_date, count(*) as occasions
    from intermediate.int_value__occasions as occasions
    inner join intermediate.int_value__repeat_histories as histories
        on occasions.customer_id = histories.customer_id
    where histories.purpose = '{purpose}'
        and occasions.occasion_date > histories.first_order_date
        and occasions.occasion_date <= date '{last_day}'
    group by occasions.occasion_date
"""
Models = dict[BuyingModel, dict[str, float]]  # with their parameters


def repeat_counts(warehouse: Warehouse, models: Models) -> str:
    """Customers with 0, 1, ... 7 or more repeats, and how many each model expects. A picture in Markdown."""
    ages, customers = _columns(warehouse, AGES.format(purpose=PREDICTION, scope=EVERYBODY))
    counts, seen = _columns(warehouse, REPEATS.format(purpose=PREDICTION, scope=EVERYBODY, most=MOST))
    actual = np.bincount(counts.astype(int), seen, MOST + 1)
    figure, axes = _page()
    places, width = np.arange(MOST + 1), 0.8 / (1 + len(models))
    axes.bar(places, actual, width, label="actual", color="0.3")
    for number, (model, parameters) in enumerate(models.items(), start=1):
        expected = customers @ repeat_count_chances(model, parameters, ages, MOST)
        axes.bar(places + number * width, expected, width, label=model.name)
    axes.set_xticks(places + width * len(models) / 2, [*map(str, range(MOST)), f"{MOST}+"])
    axes.set(
        title="Customers by repeat orders", xlabel="days with an order after the first", ylabel="customers"
    )
    return _markdown(figure, axes, "customers by repeat orders, actual and expected")


def tracking(warehouse: Warehouse, models: Models, cut_off: date, last_day: date) -> str:
    """Repeat orders by week since the first customer came, and on through the days after `cut_off` that the models have not seen.

    A picture in Markdown.
    """
    ages, customers = _columns(warehouse, AGES.format(purpose=BACKTEST, scope=EVERYBODY))
    first_day = cut_off - timedelta(days=int(ages.max()))
    days = (last_day - first_day).days + 1
    ordered = warehouse.query(REPEAT_DAYS.format(purpose=BACKTEST, last_day=last_day))
    actual = np.bincount(
        [(day - first_day).days for day, _ in ordered], [count for _, count in ordered], days
    )
    came = np.bincount(ages.max().astype(int) - ages.astype(int), customers, days)
    weeks = np.arange(6, days, 7)
    dates = np.datetime64(first_day) + weeks
    figure, axes = _page()
    axes.plot(dates, actual.cumsum()[weeks], label="actual", color="0.3", linewidth=2)
    for model, parameters in models.items():
        since_first = expected_purchases(model, parameters, np.arange(days))
        axes.plot(dates, np.convolve(came, since_first)[weeks], label=model.name, linestyle="--")
    axes.axvline(np.datetime64(cut_off), color="0.6", linestyle=":", label="end of what the models saw")
    axes.set(title="Repeat orders since the beginning", ylabel="orders, cumulative")
    figure.autofmt_xdate()
    return _markdown(figure, axes, "cumulative repeat orders by week, actual and expected")


def _columns(warehouse: Warehouse, sql: str) -> tuple[np.ndarray, ...]:
    return tuple(np.array(column, float) for column in zip(*warehouse.query(sql), strict=True))


def _page() -> tuple[Any, Any]:
    from matplotlib.figure import Figure  # here: only a fit draws, and every command would wait half a second

    figure = Figure(figsize=(8, 4.5), layout="constrained")
    return figure, figure.subplots()


def _markdown(figure: Any, axes: Any, description: str) -> str:
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    png = BytesIO()
    figure.savefig(png, format="png", dpi=80)
    return f"![{description}](data:image/png;base64,{base64.b64encode(png.getvalue()).decode()})"
