"""I-25: ten customers whose segments, values and cohorts were computed by hand, as of 30 June 2026 with a window from 1 July 2024."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from value_sql import ValueSql, compile_value, order

ORDERS = [
    # the first order, on the last day
    order("anna", "2026-06-30", 100),
    # two orders of one day are one occasion
    order("ben", "2026-06-01", 40),
    order("ben", "2026-06-01", 60),
    # the day before the window, and a return of 700 days
    order("carla", "2024-06-30", 500),
    order("carla", "2026-05-31", 50),
    # the first day of the window; all of it came back
    order("david", "2024-07-01", 0, refund_amount=80, returned_items=1),
    # once a month
    *(order("emma", f"2026-{month:02}-10", 20) for month in range(1, 6)),
    # only brought something back
    order("frank", "2026-02-01", -15, refund_amount=15, is_return_only=True, items=0),
    # long gone
    order("greta", "2023-01-15", 300),
    # a discount, a known cost, and a lone return in another month
    order("hugo", "2025-12-24", 84, discount_amount=20, tax_amount=16, cost_amount=50),
    order("hugo", "2026-01-02", -10, refund_amount=10, is_return_only=True, items=0),
    # month ends; two stores and a web shop
    order("ida", "2025-01-31", 30, channel="store"),
    order("ida", "2025-02-28", 30, channel="store"),
    order("ida", "2025-03-31", 30),
    # most money, as often here as there
    order("jan", "2026-06-15", 1000, channel="store"),
    order("jan", "2026-06-29", 500),
]
MARTS = (
    "customer_rfm", "rfm_segment_changes", "customer_ltv", "ltv_cohorts", "cohort_retention", "repeat_purchases",
    "customer_purchase_drivers",
)  # fmt: skip

# recency days, order days, spent in the window; then the scores. Of eight buyers with b below, a score is min(5, 1 + floor(5 b / 7)):
# 1 for nobody and one below, 2 for two, 3 for three and four, 4 for five, 5 for six and seven.
RFM = {
    "anna": (0, 1, 100, 5, 1, 3, "promising"),
    "ben": (29, 1, 100, 4, 1, 3, "promising"),
    "carla": (30, 1, 50, 3, 1, 1, "new"),
    "david": (729, 1, 0, 1, 1, 1, "lost"),
    "emma": (51, 5, 100, 3, 5, 3, "potential_loyalist"),
    "frank": (None, 0, 0, None, None, None, "no_orders"),
    "greta": (None, 0, 0, None, None, None, "no_orders"),
    "hugo": (188, 1, 74, 2, 1, 2, "hibernating"),
    "ida": (456, 3, 90, 1, 5, 3, "at_risk"),
    "jan": (1, 2, 1500, 5, 4, 5, "champions"),
}
# orders, days with one, net revenue, per order, margin where the cost is known
LTV = {
    "anna": (1, 1, 100, 100, None),
    "ben": (2, 1, 100, 50, None),
    "carla": (2, 2, 550, 275, None),
    "david": (1, 1, 0, 0, None),
    "emma": (5, 5, 100, 20, None),
    "frank": (0, 0, -15, None, None),
    "greta": (1, 1, 300, 300, None),
    "hugo": (1, 1, 74, 74, 34),
    "ida": (3, 3, 90, 30, None),
    "jan": (2, 2, 1500, 750, None),
}
# first month -> customers, then what they spent so far after each month; the last value lasts until June 2026
COHORTS = {
    "2023-01-01": (1, [300]),
    "2024-06-01": (1, [500] * 23 + [550]),
    "2024-07-01": (1, [0]),
    "2025-01-01": (1, [30, 60, 90]),
    "2025-12-01": (1, [84, 74]),
    "2026-01-01": (1, [20, 40, 60, 80, 100]),
    "2026-06-01": (3, [1700]),
}
# first month -> share that bought in each month since; none from there on
RETENTION = {
    "2023-01-01": [1],
    "2024-06-01": [1] + [0] * 22 + [1],
    "2024-07-01": [1],
    "2025-01-01": [1, 1, 1],
    "2025-12-01": [1],
    "2026-01-01": [1, 1, 1, 1, 1],
    "2026-06-01": [1],
}


@pytest.fixture(scope="module")
def value(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValueSql]:
    compiled = compile_value(tmp_path_factory.mktemp("value")).run(ORDERS, *MARTS)
    yield compiled
    compiled.connection.close()


def by_customer(rows: list[dict]) -> dict[str, tuple]:
    return {
        row["customer_id"]: tuple(cell for name, cell in row.items() if name != "customer_id") for row in rows
    }


def months_until_june(first: str) -> int:
    day = date.fromisoformat(first)
    return (2026 - day.year) * 12 + 6 - day.month + 1


def test_scores_and_segments(value):
    measures = (
        "recency_days, order_days, net_revenue, recency_score, frequency_score, monetary_score, segment"
    )
    assert by_customer(value.rows(f"select customer_id, {measures} from customer_rfm")) == RFM


def test_segments_over_the_months(value):
    """Greta is alone at first, below nobody. With Carla and David she is above one of two in money. Then her order leaves the window."""
    history = value.rows(
        "select segment, previous_segment, valid_from::varchar as since, valid_to::varchar as until"
        " from rfm_segment_changes where customer_id = 'greta' order by valid_from"
    )
    assert [tuple(row.values()) for row in history] == [
        ("lost", "no_orders", "2023-01-31", "2024-06-30"),
        ("cannot_lose", "lost", "2024-07-31", "2024-12-31"),
        ("no_orders", "cannot_lose", "2025-01-31", None),
    ]
    now = by_customer(
        value.rows("select customer_id, segment from rfm_segment_changes where valid_to is null")
    )
    assert now == {customer: row[-1:] for customer, row in RFM.items() if customer != "frank"}


def test_past_value(value):
    measures = "orders, order_days, net_revenue, average_order_value, margin_amount"
    assert by_customer(value.rows(f"select customer_id, {measures} from customer_ltv")) == LTV


@pytest.mark.parametrize("first", COHORTS)
def test_value_of_a_cohort(value, first):
    customers, worth = COHORTS[first]
    worth = worth + worth[-1:] * (months_until_june(first) - len(worth))
    found = value.rows(
        "select months_since, customers, cumulative_net_revenue, net_revenue_per_customer, is_complete"
        f" from ltv_cohorts where dimension = 'all' and first_order_month = '{first}' order by months_since"
    )
    assert [tuple(row.values()) for row in found] == [
        (month, customers, amount, round(Decimal(amount) / customers, 2), True)
        for month, amount in enumerate(worth)
    ]


@pytest.mark.parametrize("first", RETENTION)
def test_retention_of_a_cohort(value, first):
    rates = RETENTION[first] + [0] * (months_until_june(first) - len(RETENTION[first]))
    found = value.rows(
        "select retention_rate from cohort_retention"
        f" where dimension = 'all' and first_order_month = '{first}' order by months_since"
    )
    assert [row["retention_rate"] for row in found] == rates


def test_time_to_the_next_order(value):
    """Carla took 700 days, Emma 31, Ida 28, Jan 14; Emma's were 31, 28, 31 and 30."""
    measures = ", ".join(f"repeat_rate_{days}_days" for days in (30, 60, 90, 180, 365))
    found = value.rows(
        f"select first_order_month::varchar as month, repeat_customers, {measures}, median_days_between_orders from repeat_purchases"
    )
    assert {row["month"]: tuple(row.values())[1:] for row in found} == {
        "2023-01-01": (0, 0, 0, 0, 0, 0, None),
        "2024-06-01": (1, 0, 0, 0, 0, 0, 700),
        "2024-07-01": (0, 0, 0, 0, 0, 0, None),
        "2025-01-01": (1, 1, 1, 1, 1, 1, Decimal("29.5")),
        "2025-12-01": (0, 0, 0, 0, 0, None, None),
        "2026-01-01": (1, 0, 1, 1, None, None, Decimal("30.5")),
        "2026-06-01": (1, None, None, None, None, None, 14),
    }


def test_what_moves_them_to_buy(value):
    measures = "discount_share, return_share, returned_orders, mean_days_between_orders, favourite_channel, favourite_channel_share"
    found = by_customer(value.rows(f"select customer_id, {measures} from customer_purchase_drivers"))
    assert len(found) == 9, "Frank has never bought"
    assert found["hugo"] == (Decimal("0.166667"), Decimal("0.119048"), 0, None, "web", 1)
    assert found["david"] == (0, 1, 1, None, "web", 1)
    assert found["ida"] == (0, 0, 0, Decimal("29.5"), "store", Decimal("0.666667"))
    assert found["jan"] == (0, 0, 0, 14, "web", Decimal("0.5"))
