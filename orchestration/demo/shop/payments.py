"""What the shop knows of payments, parcels and baskets left at the checkout."""

import numpy as np
import pyarrow as pa

from orchestration.demo.calendar import DAY, END
from orchestration.demo.carrier import CARRIERS, Parcels
from orchestration.demo.columns import doubles, join, moment, nothing, number, pick, where
from orchestration.demo.keys import keys
from orchestration.demo.markets import of_markets
from orchestration.demo.mess import Mess, synced_after
from orchestration.demo.people import People
from orchestration.demo.purchases import Purchases
from orchestration.demo.shop.accounts import Accounts
from orchestration.demo.shop.orders import Orders
from orchestration.demo.shop.products import SHOP_KEY, WAREHOUSE_KEY
from orchestration.demo.shop.refunds import Refunds
from orchestration.demo.writing import Raw

GATEWAYS = ("card", "paypal", "invoice", "gift_card")


def write_transactions(
    raw: Raw, mess: Mess, block: int, orders: Orders, refunds: Refunds, by_gift_card: np.ndarray
) -> None:
    """One sale per means of payment of an order, a void per cancelled order, and a refund per refund.

    `by_gift_card` are the cents of each order that were paid with a gift card.
    """
    rest = orders.total - by_gift_card
    by_other, carded = np.flatnonzero((rest > 0) | (by_gift_card == 0)), np.flatnonzero(by_gift_card)
    cancelled = np.flatnonzero(orders.cancelled)
    order = np.concatenate([by_other, carded, cancelled, refunds.order])
    kind = np.repeat([0, 0, 1, 2], [len(by_other), len(carded), len(cancelled), len(refunds.ids)])
    at = np.concatenate(
        [orders.at[by_other] + 5, orders.at[carded] + 4, orders.at[cancelled] + 600, refunds.at]
    )
    amount = np.concatenate(
        [rest[by_other], by_gift_card[carded], orders.total[cancelled], refunds.paid_back(orders)]
    )
    is_card = np.repeat([False, True, False], [len(by_other), len(carded), len(cancelled) + len(refunds.ids)])
    ids = keys("shopify.transaction", block, len(order))
    sale = np.zeros(len(orders), np.int64)
    sale[order[kind == 0]] = ids[kind == 0]
    refund_id = np.concatenate([np.zeros(len(order) - len(refunds.ids), np.int64), refunds.ids])
    gateway = np.where(is_card, GATEWAYS.index("gift_card"), orders.ids[order] % 7 // 3)
    rows = pa.table(
        {
            "id": ids,
            "order_id": orders.ids[order],
            "refund_id": where(kind == 2, number(refund_id), None),
            "amount": doubles(amount),
            "created_at": moment(at),
            "processed_at": moment(at),
            "gateway": pick(GATEWAYS, gateway),
            "currency": pick(of_markets("currency"), orders.market[order]),
            "parent_id": where(kind == 0, None, number(sale[order])),
            "kind": pick(["sale", "void", "refund"], kind),
            "status": pick(["success"], np.zeros(len(order), int)),
            "test": orders.test[order],
            "_fivetran_synced": moment(synced_after(at)),
        }
    )
    raw.parquet("shopify.transaction", f"transaction_{block:03}", mess.twice("shopify.transaction", rows))


def write_fulfillments(raw: Raw, block: int, orders: Orders, parcels: Parcels) -> None:
    """One fulfilment per parcel, and two reports of its way."""
    order, delivered, arrived = parcels.order, parcels.delivered_at, parcels.arrived
    at, rows = parcels.left_at, len(parcels)
    ids = keys("shopify.fulfillment", block, rows)
    changed = np.where(arrived, delivered, at)
    fulfillments = pa.table(
        {
            "id": ids,
            "_fivetran_synced": moment(synced_after(changed)),
            "created_at": moment(at),
            "location_id": WAREHOUSE_KEY + orders.market[order],
            "order_id": orders.ids[order],
            "status": pick(["success"], np.zeros(rows, int)),
            "tracking_company": pick(CARRIERS, orders.market[order]),
            "tracking_number": join("TR", number(ids, 12)),
            "updated_at": moment(changed),
            "shipment_status": where(arrived, "delivered", "in_transit"),
        }
    )
    raw.parquet("shopify.fulfillment", f"fulfillment_{block:03}", fulfillments)

    # the last hours of the history see no report of what has just left
    on_its_way = np.flatnonzero(at + DAY // 8 < END)
    of = np.concatenate([on_its_way, np.flatnonzero(arrived)])
    is_delivery = np.arange(len(of)) >= len(on_its_way)
    happened = np.where(is_delivery, delivered[of], at[of] + DAY // 8)
    events = pa.table(
        {
            "id": keys("shopify.fulfillment_event", block, len(of)),
            "_fivetran_synced": moment(synced_after(happened)),
            "created_at": moment(happened),
            "estimated_delivery_at": moment(parcels.promised_at[of]),
            "fulfillment_id": ids[of],
            "happened_at": moment(happened),
            "order_id": orders.ids[order[of]],
            "shop_id": np.full(len(of), SHOP_KEY),
            "status": where(is_delivery, "delivered", "in_transit"),
            "updated_at": moment(happened),
            "_fivetran_deleted": np.zeros(len(of), bool),
        }
    )
    raw.parquet("shopify.fulfillment_event", f"fulfillment_event_{block:03}", events)


def write_abandoned(
    raw: Raw, rng: np.random.Generator, block: int, people: People, accounts: Accounts, orders: Orders
) -> Purchases:
    """Some baskets like those bought later were left at the checkout some days before: whose, and when."""
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
            "email": people.email(orders.person[row], at),
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
    return Purchases(orders.person[row], at)
