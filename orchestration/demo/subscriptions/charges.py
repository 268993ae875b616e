"""The charges of subscriptions: those that went well are orders of the shop, to the cent."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.bad_rows import bad_rows
from orchestration.demo.baskets import tax_of
from orchestration.demo.calendar import AS_OF
from orchestration.demo.catalogue import Catalogue
from orchestration.demo.columns import doubles, join, moment, nothing, number, pick, printed, where
from orchestration.demo.keys import keys
from orchestration.demo.markets import of_markets
from orchestration.demo.mess import Mess, synced_after
from orchestration.demo.people import People
from orchestration.demo.shop.orders import Orders
from orchestration.demo.shop.products import PRODUCT_KEY, VARIANT_KEY
from orchestration.demo.shop.refunds import Refunds
from orchestration.demo.subscriptions.states import ERROR, QUEUED, SUCCESS, Subscriptions
from orchestration.demo.writing import Raw

CHARGE, ITEM = "recharge.charge", "recharge.charge_line_item"


@dataclass
class Amounts:
    """What each charge came to, in cents, and the shop's order it became (id, -1 for none)."""

    goods: np.ndarray
    tax: np.ndarray
    total: np.ndarray
    order: np.ndarray
    paid_back: np.ndarray
    changed_at: np.ndarray


def amounts_of(
    people: People, subscriptions: Subscriptions, catalogue: Catalogue, orders: Orders, refunds: Refunds
) -> Amounts:
    """Find what charges came to in their orders; what has not been paid would have come to the same."""
    charges = subscriptions.charges
    market = people.market[subscriptions.person[charges.subscription]]
    goods = catalogue.prices[market, subscriptions.variant[charges.subscription]]
    included = of_markets("web_tax_included")[market]
    tax = tax_of(goods, of_markets("tax_percent")[market], included)
    order, paid_back = np.full(len(goods), -1), np.zeros(len(goods), np.int64)
    changed = charges.at.copy()
    renews = np.flatnonzero(orders.charge >= 0)
    charge = orders.charge[renews]
    order[charge] = orders.ids[renews]
    paid_back[charge] = refunds.paid_back_of_orders(orders)[renews]
    last_refund = np.zeros(len(orders), np.int64)
    np.maximum.at(last_refund, refunds.order, refunds.at)
    changed[charge] = np.maximum(changed[charge], last_refund[renews])
    return Amounts(goods, tax, goods + np.where(included, 0, tax), order, paid_back, changed)


def write_charges(
    raw: Raw,
    mess: Mess,
    block: int,
    people: People,
    subscriptions: Subscriptions,
    catalogue: Catalogue,
    amounts: Amounts,
) -> None:
    """Write charge and charge_line_item; a charge that its subscription's end withdrew is soft deleted."""
    charges = subscriptions.charges
    rows = _charge_rows(block, people, subscriptions, amounts)
    mess.truth.soft_deleted[CHARGE] += int(charges.withdrawn.sum())

    def queued(old: pa.Table) -> dict:
        return {
            "status": pa.repeat("queued", old.num_rows),
            "processed_at": nothing(old.num_rows),
            "external_order_id_ecommerce": nothing(old.num_rows),
            "total_refunds": nothing(old.num_rows),
        }

    in_time, late = mess.late(rows, AS_OF + 1)
    all_rows = mess.twice(CHARGE, mess.earlier(CHARGE, in_time, queued))
    items = _item_rows(block, people, subscriptions, catalogue, amounts)
    all_items = mess.twice(ITEM, items)
    if block == 0:
        defects = [
            ("not_finite", "total_price", float("inf")),
            ("in_the_future", "created_at", np.datetime64("2126-03-01", "us")),
        ]
        all_rows = pa.concat_tables([all_rows, *bad_rows(mess, CHARGE, rows, "id", defects)])
        absurd = [("absurd_quantity", "quantity", 999_999)]
        all_items = pa.concat_tables([all_items, *bad_rows(mess, ITEM, items, "charge_id", absurd)])
    raw.parquet(CHARGE, f"charge_{block:03}", all_rows)
    raw.parquet(CHARGE, f"charge_late_{block:03}", late)
    raw.parquet(ITEM, f"charge_line_item_{block:03}", all_items)


def _charge_rows(block: int, people: People, subscriptions: Subscriptions, amounts: Amounts) -> pa.Table:
    charges, of = subscriptions.charges, subscriptions.charges.subscription
    rows, person = len(of), subscriptions.person[of]
    tried = charges.state != QUEUED
    paid = charges.state == SUCCESS
    refunded = amounts.paid_back > 0
    status = np.select([charges.state == QUEUED, charges.state == ERROR, ~refunded], [0, 1, 2], 3)
    whole = refunded & (amounts.paid_back >= amounts.goods)
    created = np.where(tried, charges.scheduled_at - 3600, charges.at)
    first = charges.scheduled_at == subscriptions.started_at[of]
    cents = amounts.paid_back
    return pa.table(
        {
            "id": keys(CHARGE, block, rows),
            "address_id": keys("recharge.address", block, len(subscriptions))[of],
            "customer_id": keys("recharge.customer", block, len(subscriptions))[of],
            "created_at": moment(created),
            "updated_at": moment(amounts.changed_at),
            "processed_at": where(paid, printed(moment(charges.at)), None),
            "scheduled_at": moment(charges.scheduled_at),
            "external_order_id_ecommerce": where(amounts.order >= 0, number(amounts.order), None),
            "subtotal_price": doubles(amounts.goods),
            "total_discounts": np.zeros(rows),
            "total_line_items_price": doubles(amounts.goods),
            "total_price": doubles(amounts.total),
            "total_tax": doubles(amounts.tax),
            "type": where(first, "checkout", "recurring"),
            "status": pick(["queued", "error", "success", "partially_refunded", "refunded"], status + whole),
            "total_refunds": where(refunded, join(number(cents // 100), ".", number(cents % 100, 2)), None),
            "email": people.email(person, created),
            "payment_processor": pick(["stripe"], np.zeros(rows, int)),
            "error_type": where(charges.state == ERROR, "CARD_DECLINED", None),
            "charge_attempts": where(tried, number(charges.attempts), None),
            "last_charge_attempt_date": moment(charges.at, mask=~tried),
            "_fivetran_deleted": charges.withdrawn,
            "_fivetran_synced": moment(synced_after(amounts.changed_at)),
        }
    )


def _item_rows(
    block: int, people: People, subscriptions: Subscriptions, catalogue: Catalogue, amounts: Amounts
) -> pa.Table:
    """One item per charge that still stands."""
    charges = subscriptions.charges
    charge = np.flatnonzero(~charges.withdrawn)
    of = charges.subscription[charge]
    variant, rows = subscriptions.variant[of], len(charge)
    product = catalogue.product[variant]
    market = people.market[subscriptions.person[of]]
    by_product, by_variant = pa.array(product), pa.array(variant)
    return pa.table(
        {
            "charge_id": keys(CHARGE, block, len(charges.subscription))[charge],
            "index": np.zeros(rows, np.int64),
            "variant_title": catalogue.variant_titles.take(by_variant),
            "title": catalogue.titles.take(by_product),
            "quantity": np.ones(rows, np.int64),
            "grams": catalogue.weights[variant],
            "total_price": doubles(amounts.goods[charge]),
            "sku": catalogue.skus.take(by_variant),
            "external_product_id_ecommerce": PRODUCT_KEY + product,
            "vendor": catalogue.vendors.take(by_product),
            "_fivetran_synced": moment(synced_after(charges.at[charge])),
            "unit_price": doubles(amounts.goods[charge]),
            "tax_due": doubles(amounts.tax[charge]),
            "taxable": np.ones(rows, bool),
            "unit_price_includes_tax": of_markets("web_tax_included")[market],
            "purchase_item_id": keys("recharge.subscription", block, len(subscriptions))[of],
            "purchase_item_type": pick(["subscription"], np.zeros(rows, int)),
            "external_variant_id_ecommerce": VARIANT_KEY + variant,
        }
    )
