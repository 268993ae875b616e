"""Products, variants, stock items, warehouses and the shop itself."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.calendar import AS_OF, DAY, END, START, second_of
from orchestration.demo.catalogue import GIFT_CARD, PRODUCTS, Catalogue
from orchestration.demo.columns import join, moment, number, pick, where
from orchestration.demo.markets import DE, MARKETS, REPORTING_CURRENCY
from orchestration.demo.mess import Mess, replaced, synced_after
from orchestration.demo.stock import StockOuts
from orchestration.demo.writing import Raw

PRODUCT_KEY, VARIANT_KEY, ITEM_KEY, LEVEL_KEY = 7_000_000_000, 40_000_000_000, 42_000_000_000, 90_000_000_000
WAREHOUSE_KEY, SHOP_KEY = 61_000_000, 55_000_001
VARIANT = "shopify.product_variant"

_OPENED = second_of(START) - 200 * DAY
_SYNCED = second_of(AS_OF) + 600


def write_products(raw: Raw, mess: Mess, catalogue: Catalogue, stock_outs: StockOuts) -> None:
    """Write what the shop sells and from where; the whole product file is delivered a second time.

    A variant that sold out has three versions (or two, if it still is): before, without stock, and after.
    """
    products = _products(catalogue)
    raw.parquet("shopify.product", "product", products)
    raw.parquet("shopify.product", "product_again", products)
    mess.file_again("shopify.product", products)
    mess.truth.soft_deleted["shopify.product"] += pc.sum(products["_fivetran_deleted"]).as_py()

    def cheaper(rows: pa.Table) -> dict:
        return {"price": pc.round(pc.multiply(rows["price"], 0.9), 2)}

    variants, steady = _variants(catalogue), np.ones(len(catalogue), bool)
    steady[stock_outs.variants] = False
    history = _stock_history(variants, stock_outs)
    mess.truth.older_versions[VARIANT] += history.num_rows - len(stock_outs.variants)
    rows = mess.earlier(VARIANT, variants.filter(pa.array(steady)), cheaper)
    raw.parquet(VARIANT, "product_variant", mess.twice(VARIANT, pa.concat_tables([rows, history])))
    raw.parquet("shopify.inventory_item", "inventory_item", _items(catalogue))
    raw.parquet("shopify.inventory_level", "inventory_level", _levels(catalogue))
    raw.parquet("shopify.location", "location", _locations())
    raw.parquet("shopify.shop", "shop", _shop())


def _products(catalogue: Catalogue) -> pa.Table:
    at = np.arange(PRODUCTS)
    created = np.full(PRODUCTS, _OPENED) + at % 180 * DAY
    return pa.table(
        {
            "id": PRODUCT_KEY + at,
            "title": catalogue.titles,
            "handle": pc.replace_substring(pc.utf8_lower(catalogue.titles), " ", "-"),
            "product_type": catalogue.types,
            "vendor": catalogue.vendors,
            "created_at": moment(created),
            "updated_at": moment(created + 90 * DAY),
            "published_at": moment(created + DAY),
            "published_scope": pick(["global"], np.zeros(PRODUCTS, int)),
            "_fivetran_deleted": at % 100 == 99,
            "_fivetran_synced": moment(np.full(PRODUCTS, _SYNCED)),
        }
    )


def _variants(catalogue: Catalogue) -> pa.Table:
    at = np.arange(len(catalogue))
    titles = catalogue.titles.take(pa.array(catalogue.product))
    created = np.full(len(at), _OPENED) + catalogue.product % 180 * DAY
    return pa.table(
        {
            "product_id": PRODUCT_KEY + catalogue.product,
            "id": VARIANT_KEY + at,
            "inventory_item_id": ITEM_KEY + at,
            "available_for_sale": np.ones(len(at), bool),
            "barcode": join("40", number(at * 7919 % 10**9, 11)),
            "created_at": moment(created),
            "display_name": join(titles, " - ", catalogue.variant_titles),
            "inventory_quantity": at * 31 % 120,
            "position": catalogue.position + 1,
            "price": catalogue.prices[MARKETS.index(DE)] / 100,
            "sku": catalogue.skus,
            "taxable": catalogue.product != GIFT_CARD,
            "title": catalogue.variant_titles,
            "updated_at": moment(created + 120 * DAY),
            "_fivetran_synced": moment(np.full(len(at), _SYNCED)),
        }
    )


def _stock_history(variants: pa.Table, stock_outs: StockOuts) -> pa.Table:
    """Every version of the variants that were ever sold out."""
    row = stock_outs.variants
    since, until = stock_outs.since[row], stock_outs.until[row]
    before = variants.take(pa.array(row))

    def changed(rows: pa.Table, at: np.ndarray, quantity: np.ndarray) -> pa.Table:
        columns = {
            "available_for_sale": pa.array(quantity > 0),
            "inventory_quantity": pa.array(quantity),
            "updated_at": moment(at),
            "_fivetran_synced": moment(synced_after(at)),
        }
        return replaced(rows, columns)

    updated = before["updated_at"].to_numpy().astype("datetime64[s]").astype(np.int64)
    back = until < END
    return pa.concat_tables(
        [
            changed(before, updated, row * 31 % 120 + 1),
            changed(before, since, np.zeros(len(row), np.int64)),
            changed(before.filter(pa.array(back)), until[back], row[back] * 17 % 120 + 40),
        ]
    )


def _items(catalogue: Catalogue) -> pa.Table:
    at = np.arange(len(catalogue))
    unknown = catalogue.costs < 0
    cost = join(number(catalogue.costs // 100), ".", number(catalogue.costs % 100, 2))
    return pa.table(
        {
            "id": ITEM_KEY + at,
            "created_at": moment(np.full(len(at), _OPENED)),
            "requires_shipping": catalogue.product != GIFT_CARD,
            "sku": catalogue.skus,
            "tracked": catalogue.product != GIFT_CARD,
            "unit_cost_amount": where(unknown, None, cost),
            "unit_cost_currency_code": where(unknown, None, catalogue.cost_currency),
            "updated_at": pick([f"{START} 06:00:00"], np.zeros(len(at), int)),
            "_fivetran_deleted": np.zeros(len(at), bool),
            "_fivetran_synced": moment(np.full(len(at), _SYNCED)),
        }
    )


def _levels(catalogue: Catalogue) -> pa.Table:
    at = np.arange(len(catalogue) * len(MARKETS))
    return pa.table(
        {
            "id": LEVEL_KEY + at,
            "inventory_item_id": ITEM_KEY + at // len(MARKETS),
            "location_id": WAREHOUSE_KEY + at % len(MARKETS),
            "can_deactivate": np.zeros(len(at), bool),
            "created_at": moment(np.full(len(at), _OPENED)),
            "updated_at": moment(np.full(len(at), _SYNCED - DAY)),
            "_fivetran_synced": moment(np.full(len(at), _SYNCED)),
        }
    )


def _locations() -> pa.Table:
    rows = len(MARKETS)
    return pa.table(
        {
            "id": WAREHOUSE_KEY + np.arange(rows),
            "_fivetran_synced": moment(np.full(rows, _SYNCED)),
            "active": np.ones(rows, bool),
            "city": [market.cities[-1][0] for market in MARKETS],
            "country": [market.code for market in MARKETS],
            "created_at": moment(np.full(rows, _OPENED)),
            "name": [f"Warehouse {market.name}" for market in MARKETS],
            "updated_at": moment(np.full(rows, _SYNCED - DAY)),
            "zip": [market.cities[-1][2] for market in MARKETS],
            "country_code": [market.code for market in MARKETS],
            "country_name": [market.name for market in MARKETS],
            "_fivetran_deleted": np.zeros(rows, bool),
        }
    )


def _shop() -> pa.Table:
    return pa.table(
        {
            "id": [SHOP_KEY],
            "_fivetran_deleted": [False],
            "_fivetran_synced": moment(np.array([_SYNCED])),
            "country_code": ["DE"],
            "created_at": moment(np.array([_OPENED])),
            "currency": [REPORTING_CURRENCY],
            "domain": ["hearth-and-thread.example"],
            "enabled_presentment_currencies": ['["EUR","GBP","USD"]'],
            "iana_timezone": ["Europe/London"],
            "name": ["Hearth & Thread"],
            "taxes_included": [True],
            "updated_at": moment(np.array([_SYNCED - DAY])),
        }
    )
