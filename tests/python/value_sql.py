"""The models from orders to segments, cohorts and lifetime value, compiled once by dbt, to be run on a test's own orders in an in-memory DuckDB."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from own_dbt import PROJECT, compiled_models

AS_OF = date(2026, 6, 30)
SELECTED = (
    "path:models/intermediate/rfm", "path:models/intermediate/cohorts", "path:models/marts/rfm",
    "int_orders__owned", "int_orders__of_customers", "int_acquisition__first_orders", "int_acquisition__customers", "orders", "customer_identities",
    "customer_ltv", "customer_purchase_drivers", "ltv_cohorts", "cohort_retention", "repeat_purchases", "order_value_drivers",
)  # fmt: skip
CENTS = pa.decimal128(18, 2)
AMOUNTS = ("gross_revenue", "discount_amount", "tax_amount", "refund_amount", "cost_amount")
ORDER = pa.schema(
    [("customer_id", pa.string()), ("order_id", pa.string()), ("channel", pa.string())]
    + [("items", pa.int64()), ("returned_items", pa.int64())]
    + [(name, CENTS) for name in AMOUNTS]
    + [("is_return_only", pa.bool_()), ("ordered_at", pa.string())]
    + [("product_type", pa.string()), ("acquisition_channel", pa.string()), ("country_code", pa.string())]
)
# what the models read that is none of theirs, as queries over `orders` in the columns of ORDER
GIVEN = {
    "intermediate.int_orders__measured": f"""
        select
            order_id, coalesce(customer_id, 'nobody') as record_id, channel, 'shopify' as source_system, order_id as source_key,
            null::varchar as store_id, 'EUR' as currency, 1::bigint as item_lines, items, returned_items,
            {", ".join(f"{name}, {name} as {name}_reporting" for name in AMOUNTS)}, 0::decimal(18, 2) as gift_card_amount,
            is_return_only, ordered_at::date as ordered_date, ordered_at
        from orders
    """,
    "intermediate.int_identity__resolved_records": """
        select
            customer_id as record_id, 'shopify' as source_system, 'customer' as source_table, customer_id as source_key,
            customer_id, 'alone' as matched_by, min(ordered_at) as first_seen_at
        from orders
        where customer_id is not null
        group by customer_id
    """,
    "intermediate.int_orders__items": """
        select
            order_id || '-1' as order_item_id, order_id, product_type as product_id, product_type as product_name, product_type
        from orders
        where product_type is not null
    """,
    "intermediate.int_acquisition__first_touches": """
        select
            customer_id, max(acquisition_channel) as channel, null::varchar as touch_source, null::varchar as touch_campaign,
            null::timestamp as touched_at
        from orders
        where acquisition_channel is not null
        group by customer_id
    """,
    "intermediate.int_contacts__golden": """
        select customer_id, 'address' as field, max(country_code) as country_code
        from orders
        where country_code is not null
        group by customer_id
    """,
    "intermediate.int_value__predictions": f"""
        select
            customer_id, null::double as probability_alive,
            {", ".join(f"null::double as expected_orders_{n}_months, null::decimal(18, 2) as predicted_value_{n}_months" for n in (3, 6, 12))},
            null::decimal(18, 2) as expected_order_value, null::varchar as prediction_confidence, null::date as predictions_fitted_on
        from orders
        where false
    """,
}  # fmt: skip

Order = Mapping[str, Any]


def order(customer: str | None, day: date | str, net: str | int | Decimal, **more: Any) -> Order:
    """An order on the web that left `net`, without discount, tax or return, unless `more` says otherwise.

    `more` are columns of ORDER. Gross is what discount, tax, refund and net come to.
    """
    row = dict.fromkeys(ORDER.names) | dict.fromkeys(AMOUNTS, Decimal(0))
    row |= {
        "customer_id": customer,
        "channel": "web",
        "items": 1,
        "returned_items": 0,
        "is_return_only": False,
    }
    row |= {"ordered_at": f"{day} 12:00:00", "cost_amount": None} | more
    parts = [Decimal(row[name]) for name in ("discount_amount", "tax_amount", "refund_amount")]
    return row | {"gross_revenue": Decimal(net) + sum(parts)}


class ValueSql:
    """A warehouse of which only the models of value exist."""

    def __init__(self, models: Mapping[str, Any]) -> None:
        self._models = models
        self.connection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'; set threads = 1; attach ':memory:' as warehouse")
        self.connection.execute("set default_null_order = 'nulls_first_on_asc_last_on_desc'")
        for schema in ("seeds", "intermediate", "marts"):
            self.connection.execute(f"create schema warehouse.{schema}")
        seed = PROJECT / "seeds" / "rfm_segments.csv"
        self.connection.execute(f"create table warehouse.seeds.rfm_segments as from read_csv('{seed}')")

    def run(self, orders: Iterable[Order], *marts: str, as_of: date = AS_OF) -> "ValueSql":
        """Build these marts, and what they need, from these orders as of a day. An order without an id gets the number of its row."""
        rows = [dict(row) | {"order_id": row["order_id"] or f"o{n:04}"} for n, row in enumerate(orders)]
        self.connection.register("rows", pa.Table.from_pylist(rows, ORDER))
        self.connection.execute(
            "create or replace temp table orders as select * replace (ordered_at::timestamp as ordered_at) from rows"
        )
        for relation, query in GIVEN.items():
            self.connection.execute(f"create or replace table warehouse.{relation} as {query}")
        for name in self._needed(marts):
            model = self._models[name]
            sql = model.compiled_code.replace(f"cast('{AS_OF}' as date)", f"cast('{as_of}' as date)")
            self.connection.execute(f"create or replace table {model.relation_name} as {sql}")
        return self

    def _needed(self, marts: Iterable[str]) -> list[str]:
        """The models to build, parents first."""
        order: list[str] = []

        def visit(name: str) -> None:
            if name in order or name not in self._models:
                return
            for parent in sorted(self._models[name].depends_on.nodes):
                visit(parent.split(".")[-1])
            order.append(name)

        for mart in marts:
            visit(mart)
        return order

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Rows of SQL over marts by their names."""
        self.connection.execute("use warehouse.marts")
        found = self.connection.execute(sql)
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        self.connection.execute("use memory")
        return rows


def compile_value(folder: Path) -> ValueSql:
    """Let dbt write the SQL, in a warehouse where nothing exists yet."""
    variables = f"{{as_of_date: {AS_OF}, reporting_currency: EUR}}"
    return ValueSql(compiled_models(folder, variables, *SELECTED))
