"""The orders as delivered: order, order_line, order_discount_code, with the bad rows among them."""

import numpy as np
import pyarrow as pa

from orchestration.demo.calendar import AS_OF, year_of
from orchestration.demo.catalogue import Catalogue
from orchestration.demo.columns import doubles, join, moment, nothing, number, pick, printed, where
from orchestration.demo.consents import EMAIL_MARKETING, Consents
from orchestration.demo.effects import Effects
from orchestration.demo.markets import of_markets
from orchestration.demo.mess import Mess, synced_after
from orchestration.demo.people import People
from orchestration.demo.shop.accounts import Accounts
from orchestration.demo.shop.bad_orders import LINE, ORDER, bad_orders
from orchestration.demo.shop.orders import SOURCES, Orders, order_names
from orchestration.demo.shop.products import PRODUCT_KEY, VARIANT_KEY
from orchestration.demo.spelling import typed_name, typed_street
from orchestration.demo.writing import Raw


def order_rows(
    rng: np.random.Generator,
    people: People,
    accounts: Accounts,
    consents: Consents,
    orders: Orders,
    paid_back: np.ndarray,
    changed: np.ndarray,
    effects: Effects,
) -> pa.Table:
    """The newest version of every order, given cents `paid_back` and when last `changed` by a refund."""
    rows = len(orders)
    refunded = paid_back > 0
    status = np.select([orders.cancelled, refunded & (paid_back >= orders.subtotal), refunded], [3, 2, 1], 0)
    updated = np.maximum(orders.at + 900, changed)
    names = people.first.take(pa.array(orders.person)), people.last(orders.person, orders.at)
    # an account fills in what it knows, guests type
    first, last = (
        where(orders.guest, typed_name(rng, name, effects.name_typo_share), name) for name in names
    )
    home = people.home(orders.person, orders.at)
    return pa.table(
        {
            "id": orders.ids,
            "note": nothing(rows),
            "email": orders.email,
            "taxes_included": orders.tax_included,
            "currency": pick(of_markets("currency"), orders.market),
            "subtotal_price": doubles(orders.subtotal),
            "total_tax": doubles(orders.tax),
            "total_price": doubles(orders.total),
            "created_at": moment(orders.at),
            "updated_at": moment(updated),
            "name": order_names(orders.ids),
            "shipping_address_name": join(first, " ", last),
            "shipping_address_first_name": first,
            "shipping_address_last_name": last,
            "shipping_address_phone": orders.phone,
            "shipping_address_address_1": typed_street(rng, home.street),
            "shipping_address_city": home.city,
            "shipping_address_country": pick(of_markets("name"), orders.market),
            "shipping_address_country_code": pick(of_markets("code"), orders.market),
            "shipping_address_province": home.region,
            "shipping_address_zip": home.postcode,
            "customer_id": accounts.keys(orders.account),
            "order_number": orders.ids % 10**9,
            "financial_status": pick(["paid", "partially_refunded", "refunded", "voided"], status),
            "fulfillment_status": where(orders.shipped, "fulfilled", None),
            "processed_at": moment(orders.at),
            "cancel_reason": where(orders.cancelled, "customer", None),
            "cancelled_at": where(orders.cancelled, printed(moment(orders.at + 600)), None),
            "total_discounts": doubles(orders.discount),
            "total_line_items_price": doubles(orders.value + orders.gift_cards),
            "source_name": pick(SOURCES, orders.source),
            "buyer_accepts_marketing": consents.allows(EMAIL_MARKETING, orders.person, orders.at),
            "test": orders.test,
            "_fivetran_synced": moment(synced_after(updated)),
        }
    )  # fmt: skip


def line_rows(catalogue: Catalogue, orders: Orders) -> pa.Table:
    """Every order line; pre_tax_price is the line's discounted value without tax, as text."""
    lines = orders.lines
    goods = lines.value - lines.discount - np.where(orders.tax_included[lines.basket], lines.tax, 0)
    sku = pa.array(lines.sku)
    title = catalogue.titles.take(pa.array(catalogue.product)).take(sku)
    size = catalogue.variant_titles.take(sku)
    return pa.table(
        {
            "order_id": orders.ids[lines.basket],
            "id": orders.line_ids,
            "product_id": PRODUCT_KEY + catalogue.product[lines.sku],
            "variant_id": VARIANT_KEY + lines.sku,
            "name": join(title, " - ", size),
            "title": title,
            "vendor": catalogue.vendors.take(pa.array(catalogue.product)).take(sku),
            "price": doubles(lines.price),
            "quantity": lines.quantity,
            "grams": catalogue.weights[lines.sku],
            "sku": catalogue.skus.take(sku),
            "gift_card": lines.gift_card,
            "requires_shipping": ~lines.gift_card,
            "taxable": ~lines.gift_card,
            "index": lines.line_no,
            "total_discount": doubles(lines.discount),
            "pre_tax_price": join(number(goods // 100), ".", number(goods % 100, 2)),
            "fulfillment_status": where(orders.shipped[lines.basket] & ~lines.gift_card, "fulfilled", None),
            "_fivetran_synced": moment(synced_after(orders.at[lines.basket] + 900)),
        }
    )


def write_checkout(raw: Raw, mess: Mess, block: int, orders: Orders, order: pa.Table, line: pa.Table) -> None:
    """Write the orders in files by year and one file that came late, twice; then lines and discount codes."""
    in_time, late = mess.late(order, AS_OF + 1)

    def unpaid(old: pa.Table) -> dict:
        pending = pa.repeat(pa.scalar("pending"), old.num_rows)
        return {
            "financial_status": pending,
            "fulfillment_status": nothing(old.num_rows),
            "updated_at": old["created_at"],
        }

    def unshipped(old: pa.Table) -> dict:
        return {"fulfillment_status": nothing(old.num_rows)}

    rows = mess.twice(ORDER, mess.earlier(ORDER, in_time, unpaid))
    lines = mess.twice(LINE, mess.earlier(LINE, line, unshipped))
    if block == 0:
        for bad, orphans in bad_orders(mess, order, line):
            rows, lines = pa.concat_tables([rows, bad]), pa.concat_tables([lines, orphans])
    years = year_of(rows["created_at"].to_numpy().astype("datetime64[s]").astype(np.int64))
    for year in np.unique(years):
        raw.parquet(ORDER, f"order_{year}_{block:03}", rows.filter(pa.array(years == year)))
    raw.parquet(ORDER, f"order_late_{block:03}", late)
    if block == 0:
        raw.parquet(ORDER, "order_late_000_again", late)
        mess.file_again(ORDER, late)
    raw.parquet(LINE, f"order_line_{block:03}", lines)

    discounted = np.flatnonzero(orders.discount)
    codes = pa.table(
        {
            "index": np.ones(len(discounted), np.int64),
            "order_id": orders.ids[discounted],
            "_fivetran_synced": moment(synced_after(orders.at[discounted])),
            "amount": doubles(orders.discount[discounted]),
            "code": pick(["WELCOME", "HOME5"], orders.fixed_discount[discounted].astype(int)),
            "type": pick(["percentage", "fixed_amount"], orders.fixed_discount[discounted].astype(int)),
        }
    )
    raw.parquet("shopify.order_discount_code", f"order_discount_code_{block:03}", codes)
