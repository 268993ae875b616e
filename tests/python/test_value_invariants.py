"""What holds of segments, cohorts and values whatever was bought: in other money, at another time, in any order, and when all comes back."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from value_sql import AS_OF, Order, ValueSql, compile_value, order

IN_CI = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=15,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
MONEY = ("gross_revenue", "discount_amount", "tax_amount", "refund_amount", "cost_amount")
SCORES = ("recency_score", "frequency_score", "monetary_score")


@pytest.fixture(scope="module")
def value(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValueSql]:
    compiled = compile_value(tmp_path_factory.mktemp("value"))
    yield compiled
    compiled.connection.close()


cents = st.integers(0, 3_000).map(lambda amount: Decimal(amount) / 100)


@st.composite
def orders(draw, days: int = 1_200) -> list[Order]:
    """Up to forty orders and lone returns of ten customers, and of nobody, in the last so many days."""
    rows = []
    for _ in range(draw(st.integers(1, 40))):
        day = AS_OF - timedelta(days=draw(st.integers(0, days)))
        customer = draw(st.sampled_from([None, *"abcdefghij"]))
        parts = {name: draw(cents) for name in ("discount_amount", "tax_amount")}
        more = {"channel": draw(st.sampled_from(["web", "store"])), "items": draw(st.integers(1, 4))}
        if draw(st.integers(0, 9)) == 0:
            back = draw(cents)
            rows.append(order(customer, day, -back, refund_amount=back, is_return_only=True, items=0))
            continue
        paid = draw(cents)
        refund = draw(st.sampled_from([Decimal(0), paid]))
        cost = draw(st.one_of(st.none(), cents))
        rows.append(
            order(customer, day, paid - refund, refund_amount=refund, cost_amount=cost, **parts, **more)
        )
    return rows


def shifted(row: Order, days: int) -> Order:
    day = date.fromisoformat(row["ordered_at"][:10]) + timedelta(days=days)
    return dict(row) | {"ordered_at": f"{day}{row['ordered_at'][10:]}"}


def times(row: Order, factor: int) -> Order:
    return dict(row) | {name: None if row[name] is None else row[name] * factor for name in MONEY}


RFM = "select * exclude as_of_date from customer_rfm order by customer_id"
LTV = "select customer_id, net_revenue, orders, order_days, margin_amount from customer_ltv order by customer_id"
COHORTS = "from ltv_cohorts order by dimension, cohort, first_order_month, months_since"
HISTORY = "from rfm_segment_changes order by customer_id, valid_from"


@IN_CI
@given(orders())
def test_ten_times_the_money_is_ten_times_the_value_and_the_same_scores(value, rows):
    """I-16."""
    marts = ("customer_rfm", "customer_ltv", "ltv_cohorts", "rfm_segment_changes")
    value.run(rows, *marts)
    before = [value.rows(sql) for sql in (RFM, LTV, COHORTS, HISTORY)]
    value.run([times(row, 10) for row in rows], *marts)
    rfm, ltv, cohorts, history = (value.rows(sql) for sql in (RFM, LTV, COHORTS, HISTORY))
    assert rfm == [row | {"net_revenue": row["net_revenue"] * 10} for row in before[0]]
    assert ltv == [
        row
        | {
            "net_revenue": row["net_revenue"] * 10,
            "margin_amount": row["margin_amount"] and row["margin_amount"] * 10,
        }
        for row in before[1]
    ]
    for now, then in zip(cohorts, before[2], strict=True):
        assert now["cumulative_net_revenue"] == then["cumulative_net_revenue"] * 10
        assert (now["customers"], now["active_customers"]) == (then["customers"], then["active_customers"])
    without_money = [
        [{name: cell for name, cell in row.items() if "revenue" not in name} for row in rows]
        for rows in (history, before[3])
    ]
    assert without_money[0] == without_money[1]


@IN_CI
@given(orders(days=600), st.integers(-400, 400))
def test_the_same_at_another_time_is_worth_the_same(value, rows, days):
    """I-17: orders that lie well within the window, since months have different lengths."""
    value.run(rows, "customer_rfm", "customer_ltv", "customer_purchase_drivers")
    drivers = "select * exclude as_of_date from customer_purchase_drivers order by customer_id"
    before = [value.rows(sql) for sql in (RFM, LTV, drivers)]
    value.run(
        [shifted(row, days) for row in rows],
        "customer_rfm", "customer_ltv", "customer_purchase_drivers",
        as_of=AS_OF + timedelta(days=days),
    )  # fmt: skip
    assert [value.rows(sql) for sql in (RFM, LTV, drivers)] == before


@IN_CI
@given(orders())
def test_when_everything_comes_back_the_customers_stay_and_nothing_else(value, rows):
    """I-20."""
    bought = [row for row in rows if not row["is_return_only"]]
    value.run(bought, "customer_rfm")
    before = value.rows(
        "select customer_id, order_days, recency_score, frequency_score from customer_rfm order by 1"
    )
    returned = [
        dict(row) | {"refund_amount": row["gross_revenue"] - row["discount_amount"] - row["tax_amount"]}
        for row in bought
    ]
    value.run(returned, "customer_rfm", "customer_ltv", "ltv_cohorts", "cohort_retention")
    assert (
        value.rows(
            "select customer_id, order_days, recency_score, frequency_score from customer_rfm order by 1"
        )
        == before
    )
    assert {row["net_revenue"] for row in value.rows(RFM)} <= {0}
    assert {row["monetary_score"] for row in value.rows(RFM)} <= {1, None}
    assert all(row["net_revenue"] == 0 for row in value.rows(LTV))
    assert all(row["cumulative_net_revenue"] == 0 for row in value.rows(COHORTS))
    buyers = {row["customer_id"] for row in bought if row["customer_id"]}
    cohorts = value.rows(
        "select coalesce(sum(customers), 0) as n from cohort_retention where dimension = 'all' and months_since = 0"
    )
    assert len(value.rows(LTV)) == len(buyers) == cohorts[0]["n"]


def expected_score(amount, amounts) -> int:
    """By the definition: the share of the others who are strictly below."""
    below = sum(other < amount for other in amounts)
    return min(5, 1 + 5 * below // max(len(amounts) - 1, 1))


@IN_CI
@given(orders())
def test_scores_are_by_rank_of_value(value, rows):
    """I-21: 1 to 5, never null for a buyer, the same for equals, more for more, and as many of each as the definition says."""
    value.run(rows, "customer_rfm")
    rfm = value.rows(RFM)
    buyers = [row for row in rfm if row["segment"] != "no_orders"]
    assert all(row[score] is None for row in rfm if row not in buyers for score in SCORES)
    for score, measure in zip(SCORES, ("recency_days", "order_days", "net_revenue"), strict=True):
        amounts = [-row[measure] if measure == "recency_days" else row[measure] for row in buyers]
        for row, amount in zip(buyers, amounts, strict=True):
            if measure == "net_revenue" and amount <= 0:
                assert row[score] == 1
            else:
                assert row[score] == expected_score(amount, amounts)


def month_ends_before(day: date) -> list[date]:
    """The last four ends of months that are over on a day, and one two years ago."""
    ends = []
    while len(ends) < 25:
        first = (day + timedelta(days=1)).replace(day=1)
        ends.append(first - timedelta(days=1))
        day = ends[-1] - timedelta(days=1)
    return [*ends[:4], ends[-1]]


@IN_CI
@given(orders())
def test_the_history_says_of_each_month_end_what_the_scores_said_then(value, rows):
    """Recomputed from the orders, in one pass over all months: no other segments than a run on each of those days would have given."""
    then = {}
    for month_end in month_ends_before(AS_OF):
        value.run(rows, "customer_rfm", as_of=month_end)
        then[month_end] = {row["customer_id"]: row["segment"] for row in value.rows(RFM)}
    value.run(rows, "rfm_segment_changes", "rfm_segment_transitions")
    for month_end, segments in then.items():
        known = {
            row["customer_id"]: row["segment"]
            for row in value.rows(
                "select customer_id, segment from rfm_segment_changes"
                f" where valid_from <= date '{month_end}' and coalesce(valid_to, date '{month_end}') >= date '{month_end}'"
            )
        }
        assert {customer: known.get(customer, "no_orders") for customer in segments} == segments
    moved, gone = value.rows("""
        select (select coalesce(sum(customers), 0) from rfm_segment_transitions) as n
        union all
        select count(*) from rfm_segment_changes
    """)
    assert moved == gone


@IN_CI
@given(orders(), st.randoms(use_true_random=False))
def test_the_order_in_which_rows_come_changes_nothing(value, rows, random):
    """And a rebuild gives the same history."""
    numbered = [dict(row) | {"order_id": f"o{n:04}"} for n, row in enumerate(rows)]
    marts = {
        "rfm_segment_changes": HISTORY, "ltv_cohorts": COHORTS, "customer_rfm": RFM,
        "repeat_purchases": "from repeat_purchases order by 1", "order_value_drivers": "from order_value_drivers order by 1, 2",
        "customer_purchase_drivers": "from customer_purchase_drivers order by 1",
    }  # fmt: skip
    value.run(numbered, *marts)
    before = {name: value.rows(sql) for name, sql in marts.items()}
    value.run(random.sample(numbered, len(numbered)), *marts)
    assert {name: value.rows(sql) for name, sql in marts.items()} == before
