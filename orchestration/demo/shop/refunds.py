"""Money given back: returned lines, goodwill, shipping."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.baskets import Returned, draw_returned
from orchestration.demo.calendar import DAY, END
from orchestration.demo.columns import doubles, moment, pick
from orchestration.demo.effects import Effects
from orchestration.demo.keys import keys
from orchestration.demo.mess import Mess, synced_after
from orchestration.demo.shop.orders import Orders
from orchestration.demo.writing import Raw


@dataclass
class Refunds:
    """Refunds of one block, one row each: first those of lines, then goodwill, then shipping."""

    ids: np.ndarray
    order: np.ndarray  # row in the orders
    at: np.ndarray
    returned: Returned
    refund_of_line: np.ndarray  # row in the refunds of each returned line
    adjustment: np.ndarray  # cents given back beyond the lines, 0 or more
    is_shipping: np.ndarray

    def paid_back(self, orders: Orders) -> np.ndarray:
        """Cents that went back to the buyer, per refund."""
        line = self.returned.line
        added_tax = np.where(orders.tax_included[orders.lines.basket[line]], 0, self.returned.tax)
        goods = self.returned.value - self.returned.discount + added_tax
        return (
            np.bincount(self.refund_of_line, weights=goods, minlength=len(self.ids)).astype(np.int64)
            + self.adjustment
        )

    def paid_back_of_orders(self, orders: Orders) -> np.ndarray:
        """Cents that went back to the buyer, per order."""
        given = self.paid_back(orders)
        return np.bincount(self.order, weights=given, minlength=len(orders)).astype(np.int64)

    def goods_without_tax(self, orders: Orders) -> np.ndarray:
        """Cents of goods given back, without tax and shipping, per order."""
        line = self.returned.line
        included = np.where(orders.tax_included[orders.lines.basket[line]], self.returned.tax, 0)
        goods = self.returned.value - self.returned.discount - included
        of_lines = np.bincount(orders.lines.basket[line], weights=goods, minlength=len(orders))
        goodwill = np.where(self.is_shipping, 0, self.adjustment)
        return (of_lines + np.bincount(self.order, weights=goodwill, minlength=len(orders))).astype(np.int64)


def draw_refunds(rng: np.random.Generator, block: int, orders: Orders, effects: Effects) -> Refunds:
    """Refund some orders that count; what would be refunded after the last day has not happened yet."""
    rows = len(orders)
    at = orders.at + rng.integers(3 * DAY, 45 * DAY, rows)
    possible = orders.counts & (orders.value > 0) & (at < END)
    returns = possible & (rng.random(rows) < effects.web_return_share)
    goodwill = possible & ~returns & (rng.random(rows) < effects.goodwill_share)
    shipping = possible & (orders.shipping > 0) & (rng.random(rows) < effects.shipping_refund_share)

    returned = draw_returned(rng, orders.lines, returns)
    order = np.concatenate([np.flatnonzero(flag) for flag in (returns, goodwill, shipping)])
    kind = np.repeat([0, 1, 2], [returns.sum(), goodwill.sum(), shipping.sum()])
    given = (
        orders.goods[order] * rng.integers(3, 11, len(order)) // 100
    )  # goodwill stays far below the goods' value
    adjustment = np.where(kind == 1, given, np.where(kind == 2, orders.shipping[order], 0))
    return Refunds(
        ids=keys("shopify.refund", block, len(order)),
        order=order,
        at=np.minimum(at[order] + kind * 600, END - 1),
        returned=returned,
        refund_of_line=(np.cumsum(returns) - 1)[orders.lines.basket[returned.line]],
        adjustment=adjustment,
        is_shipping=kind == 2,
    )


def write_refunds(
    raw: Raw, mess: Mess, rng: np.random.Generator, block: int, orders: Orders, refunds: Refunds
) -> None:
    """Write refund, order_line_refund and order_adjustment."""
    synced = moment(synced_after(refunds.at))
    note = np.where(refunds.adjustment == 0, 0, np.where(refunds.is_shipping, 2, 1))
    refund = pa.table(
        {
            "id": refunds.ids,
            "created_at": moment(refunds.at),
            "processed_at": moment(refunds.at),
            "note": pick(["", "Goodwill", "Late parcel"], note),
            "restock": note == 0,
            "_fivetran_synced": synced,
            "order_id": orders.ids[refunds.order],
        }
    )
    raw.parquet("shopify.refund", f"refund_{block:03}", mess.twice("shopify.refund", refund))

    returned, of = refunds.returned, refunds.refund_of_line
    line_refund = pa.table(
        {
            "id": keys("shopify.order_line_refund", block, len(of)),
            "refund_id": refunds.ids[of],
            "restock_type": pick(["return", "no_restock"], (rng.random(len(of)) < 0.15).astype(int)),
            "quantity": returned.quantity,
            "order_line_id": orders.line_ids[returned.line],
            "_fivetran_synced": synced.take(pa.array(of)),
            "subtotal": doubles(returned.value - returned.discount),
            "total_tax": doubles(returned.tax),
        }
    )
    table = "shopify.order_line_refund"
    raw.parquet(table, f"order_line_refund_{block:03}", mess.twice(table, line_refund))

    given = np.flatnonzero(refunds.adjustment)
    adjustment = pa.table(
        {
            "id": keys("shopify.order_adjustment", block, len(given)),
            "order_id": orders.ids[refunds.order[given]],
            "refund_id": refunds.ids[given],
            "amount": doubles(-refunds.adjustment[given]),
            "tax_amount": np.zeros(len(given)),
            "kind": pick(["refund_discrepancy", "shipping_refund"], refunds.is_shipping[given].astype(int)),
            "reason": pick(["Refund discrepancy", "Shipping refund"], refunds.is_shipping[given].astype(int)),
            "_fivetran_synced": synced.take(pa.array(given)),
        }
    )
    raw.parquet("shopify.order_adjustment", f"order_adjustment_{block:03}", adjustment)
