"""The effects planted on subscriptions are found again in their marts, each within its own chance error."""

import csv
from math import sqrt

import duckdb
import pytest

from orchestration.warehouse import Paths

SURE = 2.58  # standard errors: 99 of 100 demos lie within


@pytest.fixture(scope="module")
def planted(demo: Paths) -> dict[str, float]:
    with open(demo.root / "truth" / "planted_effects.csv") as stream:
        return {row["name"]: float(row["planted_size"]) for row in csv.DictReader(stream)}


@pytest.mark.parametrize(
    ("effect", "ended"),
    [
        ("cancelled_per_charge", "subscriptions_cancelled"),
        ("failed_per_charge", "subscriptions_payment_failed"),
    ],
)
def test_subscriptions_end_as_often_per_charge_as_planted(demo, planted, effect, ended):
    with duckdb.connect(str(demo.warehouse), read_only=True) as warehouse:
        ((charges, ends),) = warehouse.execute(
            f"select sum(charges_paid), sum({ended}) from marts.subscription_churn"
        ).fetchall()
    size = planted[effect]
    error = sqrt(size * (1 - size) / charges)
    assert charges > 300
    assert abs(ends / charges - size) < SURE * error


def test_what_failed_payments_cost_is_what_their_subscriptions_brought(demo):
    """Both marts count the same endings, each in its own unit."""
    with duckdb.connect(str(demo.warehouse), read_only=True) as warehouse:
        months = warehouse.execute("""
            select subscriptions_payment_failed, payment_failed_amount, subscriptions_new, new_amount
            from marts.subscription_churn
            inner join marts.subscription_mrr using (month)
        """).fetchall()
    assert len(months) > 24
    for failed, lost, new, gained in months:
        assert (failed == 0) <= (lost == 0)
        assert (new > 0) == (gained > 0)
