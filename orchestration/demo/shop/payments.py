"""What the shop knows of payments, parcels and baskets left at the checkout."""

import numpy as np
import pyarrow as pa

from orchestration.demo.calendar import DAY, END
from orchestration.demo.columns import doubles, join, moment, nothing, number, pick, where
from orchestration.demo.keys import keys
from orchestration.demo.markets import of_markets
from orchestration.demo.mess import Mess, synced_after
from orchestration.demo.people import People
from orchestration.demo.shop.accounts import Accounts
from orchestration.demo.shop.orders import Orders
from orchestration.demo.shop.products import SHOP_KEY, WAREHOUSE_KEY
from orchestration.demo.shop.refunds import Refunds
from orchestration.demo.writing import Raw


def write_transactions(raw: Raw, mess: Mess, block: int, orders: Orders, refunds: Refunds) -> None:
    """A sale per order, a void per cancelled one, and a refund per refund."""
    cancelled = np.flatnonzero(orders.cancelled)
    order = np.concatenate([np.arange(len(orders)), cancelled, refunds.order])
    kind = np.repeat([0, 1, 2], [len(orders), len(cancelled), len(refunds.ids)])
    at = np.concatenate([orders.at + 5, orders.at[cancelled] + 600, refunds.at])
    amount = np.concatenate([orders.total, orders.total[cancelled], refunds.paid_back(orders)])
    refund_id = np.concatenate([np.zeros(len(orders) + len(cancelled), np.int64), refunds.ids])
    ids = keys("shopify.transaction", block, len(order))
    rows = pa.table(
        {
            "id": ids,
            "order_id": orders.ids[order],
            "refund_id": where(kind == 2, number(refund_id), None),
            "amount": doubles(amount),
            "created_at": moment(at),
            "processed_at": moment(at),
            "gateway": pick(["card", "paypal", "invoice"], orders.ids[order] % 7 // 3),
            "currency": pick(of_markets("currency"), orders.market[order]),
            "parent_id": where(kind == 0, None, number(ids[order])),
            "kind": pick(["sale", "void", "refund"], kind),
            "status": pick(["success"], np.zeros(len(order), int)),
            "test": orders.test[order],
            "_fivetran_synced": moment(synced_after(at)),
        }
    )
    raw.parquet("shopify.transaction", f"transaction_{block:03}", mess.twice("shopify.transaction", rows))


def write_fulfillments(raw: Raw, rng: np.random.Generator, block: int, orders: Orders) -> None:
    """One parcel per order that counts, and two reports of its way."""
    shipped = np.flatnonzero(orders.shipped)
    at = orders.at[shipped] + rng.integers(DAY // 4, 2 * DAY, len(shipped))
    delivered = at + rng.integers(DAY, 5 * DAY, len(shipped))
    ids = keys("shopify.fulfillment", block, len(shipped))
    arrived = delivered < END
    rows = pa.table(
        {
            "id": ids,
            "_fivetran_synced": moment(synced_after(np.minimum(delivered, END))),
            "created_at": moment(at),
            "location_id": WAREHOUSE_KEY + orders.market[shipped],
            "order_id": orders.ids[shipped],
            "status": pick(["success"], np.zeros(len(shipped), int)),
            "tracking_company": pick(["Royal Mail", "DHL", "UPS"], orders.market[shipped]),
            "tracking_number": join("TR", number(ids, 12)),
            "updated_at": moment(np.where(arrived, delivered, at)),
            "shipment_status": where(arrived, "delivered", "in_transit"),
        }
    )
    raw.parquet("shopify.fulfillment", f"fulfillment_{block:03}", rows)

    of = np.concatenate([np.arange(len(shipped)), np.flatnonzero(arrived)])
    is_delivery = np.arange(len(of)) >= len(shipped)
    happened = np.where(is_delivery, delivered[of], at[of] + DAY // 8)
    events = pa.table(
        {
            "id": keys("shopify.fulfillment_event", block, len(of)),
            "_fivetran_synced": moment(synced_after(happened)),
            "created_at": moment(happened),
            "estimated_delivery_at": moment(at[of] + 3 * DAY),
            "fulfillment_id": ids[of],
            "happened_at": moment(happened),
            "order_id": orders.ids[shipped[of]],
            "shop_id": np.full(len(of), SHOP_KEY),
            "status": where(is_delivery, "delivered", "in_transit"),
            "updated_at": moment(happened),
            "_fivetran_deleted": np.zeros(len(of), bool),
        }
    )
    raw.parquet("shopify.fulfillment_event", f"fulfillment_event_{block:03}", events)


def write_abandoned(
    raw: Raw, rng: np.random.Generator, block: int, people: People, accounts: Accounts, orders: Orders
) -> None:
    """Some baskets like those bought later were left at the checkout some days before."""
    row = np.flatnonzero(rng.random(len(orders)) < 0.03)
    at = orders.at[row] - rng.integers(DAY, 20 * DAY, len(row))
    rows = pa.table(
        {
            "id": keys("shopify.abandoned_checkout", block, len(row)),
            "_fivetran_synced": moment(synced_after(at)),
            "completed_at": nothing(len(row)),
            "created_at": moment(at),
            "currency": pick(of_markets("currency"), orders.market[row]),
            "customer_id": accounts.keys(orders.account[row]),
            "email": people.email(orders.person[row]),
            "subtotal_price": doubles(orders.subtotal[row]),
            "taxes_included": orders.tax_included[row],
            "total_discounts": doubles(orders.discount[row]),
            "total_line_items_price": doubles(orders.value[row]),
            "total_price": doubles(orders.total[row]),
            "total_tax": doubles(orders.tax[row]),
            "updated_at": moment(at),
            "_fivetran_deleted": np.zeros(len(row), bool),
        }
    )
    raw.parquet("shopify.abandoned_checkout", f"abandoned_checkout_{block:03}", rows)
