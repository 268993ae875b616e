"""The orders as delivered: order, order_line, order_discount_code, with the bad rows among them."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.calendar import AS_OF, year_of
from orchestration.demo.catalogue import Catalogue
from orchestration.demo.columns import doubles, join, moment, nothing, number, pick, where
from orchestration.demo.keys import BROKEN, keys
from orchestration.demo.markets import MARKETS, of_markets
from orchestration.demo.mess import Mess, replaced, synced_after
from orchestration.demo.people import People
from orchestration.demo.shop.accounts import Accounts
from orchestration.demo.shop.orders import Orders
from orchestration.demo.shop.products import PRODUCT_KEY, VARIANT_KEY
from orchestration.demo.writing import Raw

ORDER, LINE = "shopify.order", "shopify.order_line"


def order_rows(
    rng: np.random.Generator, people: People, accounts: Accounts, orders: Orders, paid_back: np.ndarray, changed: np.ndarray
) -> pa.Table:
    """The newest version of every order; `paid_back` in cents and `changed` (last refund, 0 if none) per order."""
    rows = len(orders)
    status = np.select([orders.cancelled, (paid_back > 0) & (paid_back >= orders.subtotal), paid_back > 0], [3, 2, 1], 0)
    updated = np.maximum(orders.at + 900, changed)
    by = pa.array(orders.person)
    first, last = people.first.take(by), people.last.take(by)
    city_at = orders.market * len(MARKETS[0].cities) + people.city[orders.person]
    city, region, postcode = (pick([c[part] for m in MARKETS for c in m.cities], city_at) for part in (0, 1, 2))
    order_number = orders.ids % 10**9
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
            "name": join("#", number(order_number)),
            "shipping_address_name": join(first, " ", last),
            "shipping_address_first_name": first,
            "shipping_address_last_name": last,
            "shipping_address_phone": orders.phone,
            "shipping_address_address_1": people.street.take(by),
            "shipping_address_city": city,
            "shipping_address_country": pick(of_markets("name"), orders.market),
            "shipping_address_country_code": pick(of_markets("code"), orders.market),
            "shipping_address_province": region,
            "shipping_address_zip": postcode,
            "customer_id": pa.array(accounts.ids[np.maximum(orders.account, 0)] if len(accounts.ids) else orders.account, mask=orders.guest),
            "order_number": order_number,
            "financial_status": pick(["paid", "partially_refunded", "refunded", "voided"], status),
            "fulfillment_status": where(orders.cancelled, None, "fulfilled"),
            "processed_at": moment(orders.at),
            "cancel_reason": where(orders.cancelled, "customer", None),
            "cancelled_at": where(orders.cancelled, pc.strftime(moment(orders.at + 600).cast(pa.timestamp("s")), "%Y-%m-%d %H:%M:%S"), None),
            "total_discounts": doubles(orders.discount),
            "total_line_items_price": doubles(orders.value),
            "source_name": pick(["web", "iphone", "android"], rng.choice(3, rows, p=[0.7, 0.17, 0.13])),
            "buyer_accepts_marketing": rng.random(rows) < 0.4,
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
            "gift_card": np.zeros(len(lines.sku), bool),
            "requires_shipping": np.ones(len(lines.sku), bool),
            "taxable": np.ones(len(lines.sku), bool),
            "index": lines.line_no,
            "total_discount": doubles(lines.discount),
            "pre_tax_price": join(number(goods // 100), ".", number(goods % 100, 2)),
            "fulfillment_status": where(orders.cancelled[lines.basket], None, "fulfilled"),
            "_fivetran_synced": moment(synced_after(orders.at[lines.basket] + 900)),
        }
    )


def write_checkout(raw: Raw, mess: Mess, block: int, orders: Orders, order: pa.Table, line: pa.Table) -> None:
    """Write the orders in files by year and one file that came late, twice; then lines and discount codes."""
    in_time, late = mess.late(order, AS_OF + 1)

    def unpaid(old: pa.Table) -> dict:
        pending = pa.repeat(pa.scalar("pending"), old.num_rows)
        return {"financial_status": pending, "fulfillment_status": nothing(old.num_rows), "updated_at": old["created_at"]}

    rows = mess.twice(ORDER, mess.earlier(ORDER, in_time, unpaid))
    lines = mess.twice(LINE, mess.earlier(LINE, line, lambda old: {"fulfillment_status": nothing(old.num_rows)}))
    if block == 0:
        for bad, orphans in _bad_orders(mess, order, line):
            rows, lines = pa.concat_tables([rows, bad]), pa.concat_tables([lines, orphans])
    years = year_of(rows["created_at"].to_numpy().astype("datetime64[s]").astype(np.int64))
    for year in np.unique(years):
        raw.parquet(ORDER, f"order_{year}_{block:03}", rows.filter(pa.array(years == year)))
    raw.parquet(ORDER, f"order_late_{block:03}", late)
    if block == 0:
        raw.parquet(ORDER, "order_late_000_again", late)
        mess.truth.exact_duplicates[ORDER] += late.num_rows
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


def _bad_orders(mess: Mess, order: pa.Table, line: pa.Table) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Copies of paid orders of signed-in buyers under keys of their own, each kind with one defect, and their lines."""
    size = mess.handful()
    usable = pc.and_(pc.equal(order["financial_status"], "paid"), pc.and_(pc.is_valid(order["customer_id"]), pc.invert(order["test"])))
    candidates = order.filter(usable)
    defects: dict[str, dict] = {
        "key_missing": {"id": pa.nulls(size, pa.int64())},
        "not_finite": {"total_price": pa.repeat(pa.scalar(float("nan")), size)},
        "unknown_currency": {"currency": pa.repeat(pa.scalar("XXX"), size)},
        "no_exchange_rate": {"currency": pa.repeat(pa.scalar("CHF"), size)},
    }
    for kind, (reason, defect) in enumerate(defects.items()):
        originals = candidates.slice(kind * size, size)
        ids = keys(ORDER, 0, originals.num_rows, BROKEN + kind * size)
        copies = replaced(originals, {"id": pa.array(ids)})
        defect = {name: values.slice(0, originals.num_rows) for name, values in defect.items()}
        bad = mess.broken(ORDER, reason, copies, defect)
        orphans = _lines_of(line, originals["id"], ids, kind) if reason != "key_missing" else line.slice(0, 0)
        mess.truth.orphans[LINE] += orphans.num_rows
        if "currency" in defect:
            _book_foreign(mess, bad)
        yield bad, orphans


def _lines_of(line: pa.Table, originals: pa.ChunkedArray, ids: np.ndarray, kind: int) -> pa.Table:
    """The lines of the original orders, with keys of their own, under the keys of the copies."""
    at = pc.index_in(line["order_id"], originals)
    copied = line.filter(pc.is_valid(at))
    to = pa.array(ids).take(pc.drop_null(at))
    fresh = keys(LINE, 0, copied.num_rows, BROKEN + kind * 10_000)
    return replaced(copied, {"order_id": to, "id": pa.array(fresh)})


def _book_foreign(mess: Mess, bad: pa.Table) -> None:
    """Orders in a currency without rate count nowhere, but their money is written down under that currency."""

    def cents(name: str) -> np.ndarray:
        return np.rint(bad[name].to_numpy() * 100).astype(np.int64)

    added = np.where(bad["taxes_included"].to_numpy(), 0, cents("total_tax"))
    mess.truth.money(
        "shopify",
        np.array(bad["currency"].to_pylist()),
        orders=np.ones(bad.num_rows, np.int64),
        gross=cents("total_line_items_price") + added,
        discount=cents("total_discounts"),
        tax=cents("total_tax"),
        refund=np.zeros(bad.num_rows, np.int64),
    )
