"""Recharge as its loader delivers it: customers, addresses, subscriptions with their history, charges."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.bad_rows import bad_rows
from orchestration.demo.catalogue import Catalogue
from orchestration.demo.columns import as_text, doubles, moment, number, pick, where
from orchestration.demo.keys import keys
from orchestration.demo.markets import of_markets
from orchestration.demo.mess import Mess, synced_after
from orchestration.demo.people import People
from orchestration.demo.shop.accounts import Accounts
from orchestration.demo.shop.products import PRODUCT_KEY, VARIANT_KEY
from orchestration.demo.subscriptions.charges import Amounts, write_charges
from orchestration.demo.subscriptions.states import CANCELLED, NEVER, PLANS, REASONS, Subscriptions
from orchestration.demo.writing import Raw

CUSTOMER, ADDRESS = "recharge.customer", "recharge.address"
SUBSCRIPTION, HISTORY = "recharge.subscription", "recharge.subscription_history"


def write_subscriptions(
    raw: Raw,
    mess: Mess,
    block: int,
    people: People,
    accounts: Accounts,
    subscriptions: Subscriptions,
    catalogue: Catalogue,
    amounts: Amounts,
) -> None:
    """Write all tables of Recharge; `amounts` are what each charge came to."""
    _write_customers(raw, mess, block, people, accounts, subscriptions)
    states = _states(block, people, subscriptions, catalogue)
    raw.parquet(HISTORY, f"subscription_history_{block:03}", mess.twice(HISTORY, states))

    def cheaper(old: pa.Table) -> dict:
        return {"price": pc.round(pc.multiply(old["price"], 0.9), 2)}

    rows = states.take(pa.array(subscriptions.changes.newest))
    rows = rows.rename_columns(["id" if name == "subscription_id" else name for name in rows.column_names])
    all_rows = mess.twice(SUBSCRIPTION, mess.earlier(SUBSCRIPTION, rows, cheaper))
    if block == 0:
        defects = [("key_missing", "id", None)]
        all_rows = pa.concat_tables([all_rows, *bad_rows(mess, SUBSCRIPTION, rows, "id", defects)])
    raw.parquet(SUBSCRIPTION, f"subscription_{block:03}", all_rows)
    write_charges(raw, mess, block, people, subscriptions, catalogue, amounts)


def _write_customers(
    raw: Raw, mess: Mess, block: int, people: People, accounts: Accounts, subscriptions: Subscriptions
) -> None:
    """Write who subscribed, and who only began to: some of those had their details deleted."""
    person = subscriptions.person
    count, subscribers = len(person), len(subscriptions)
    ids = keys(CUSTOMER, block, count)
    newest = subscriptions.changes.newest
    changed = np.append(
        subscriptions.changes.at[newest], accounts.created[accounts.first_row[person[subscribers:]]]
    )
    active = np.zeros(count, np.int64)
    active[:subscribers] = subscriptions.changes.kind[newest] != CANCELLED
    began = np.append(subscriptions.started_at, changed[subscribers:])
    deleted = (np.arange(count) >= subscribers) & (mess.rng.random(count) < 0.5)
    by = pa.array(person)
    customers = pa.table(
        {
            "id": ids,
            "external_customer_id_ecommerce": accounts.keys(accounts.first_row[person]),
            "email": people.email(person, began),
            "created_at": moment(began),
            "updated_at": moment(changed),
            "first_charge_processed_at": moment(began, mask=np.arange(count) >= subscribers),
            "first_name": people.first.take(by),
            "last_name": people.last(person, began),
            "subscriptions_active_count": active,
            "subscriptions_total_count": (np.arange(count) < subscribers).astype(np.int64),
            "has_valid_payment_method": np.arange(count) < subscribers,
            "_fivetran_deleted": deleted,
            "_fivetran_synced": moment(synced_after(changed)),
        }
    )
    mess.truth.records(CUSTOMER, number(ids[~deleted]), people.ids.take(pa.array(person[~deleted])))
    mess.truth.soft_deleted[CUSTOMER] += int(deleted.sum())
    mess.truth.soft_deleted[ADDRESS] += int(deleted.sum())

    def unpaid(old: pa.Table) -> dict:
        return {"subscriptions_total_count": pc.multiply(old["subscriptions_total_count"], 0)}

    rows = mess.twice(CUSTOMER, mess.earlier(CUSTOMER, customers, unpaid))
    if block == 0:
        defects = [("key_missing", "id", None)]
        rows = pa.concat_tables([rows, *bad_rows(mess, CUSTOMER, customers, "id", defects)])
    raw.parquet(CUSTOMER, f"customer_{block:03}", rows)

    market = people.market[person]
    home = people.home(person, began)
    addresses = pa.table(
        {
            "id": keys(ADDRESS, block, count),
            "customer_id": ids,
            "first_name": customers["first_name"],
            "last_name": customers["last_name"],
            "address_1": home.street,
            "address_2": pa.repeat("", count),
            "city": home.city,
            "province": home.region,
            "country_code": pick(of_markets("code"), market),
            "zip": home.postcode,
            "phone": people.phone(person, began, until=changed),
            "created_at": customers["created_at"],
            "updated_at": customers["updated_at"],
            "_fivetran_deleted": deleted,
            "_fivetran_synced": customers["_fivetran_synced"],
        }
    )
    raw.csv(ADDRESS, f"address_{block:03}", as_text(mess.twice(ADDRESS, addresses)))


def _states(block: int, people: People, subscriptions: Subscriptions, catalogue: Catalogue) -> pa.Table:
    """Every state of every subscription. One that is paused is active and has no next charge."""
    changes, of = subscriptions.changes, subscriptions.changes.subscription
    cancelled = changes.kind == CANCELLED
    variant, plan = subscriptions.variant[of], subscriptions.plan[of]
    by_variant = pa.array(variant)
    frequency = np.array([frequency for _, frequency in PLANS])[plan]
    market = people.market[subscriptions.person[of]]
    return pa.table(
        {
            "subscription_id": keys(SUBSCRIPTION, block, len(subscriptions))[of],
            "updated_at": moment(changes.at),
            "address_id": keys(ADDRESS, block, len(subscriptions))[of],
            "customer_id": keys(CUSTOMER, block, len(subscriptions))[of],
            "created_at": moment(subscriptions.started_at[of]),
            "cancelled_at": moment(changes.at, mask=~cancelled),
            "next_charge_scheduled_at": moment(changes.next_at, mask=changes.next_at == NEVER),
            "price": doubles(catalogue.prices[market, variant]),
            "quantity": np.ones(len(of), np.int64),
            "cancellation_reason": where(cancelled, pick(REASONS, np.maximum(changes.reason, 0)), None),
            "status": where(cancelled, "cancelled", "active"),
            "product_title": catalogue.titles.take(pa.array(catalogue.product[variant])),
            "variant_title": catalogue.variant_titles.take(by_variant),
            "external_product_id_ecommerce": PRODUCT_KEY + catalogue.product[variant],
            "external_variant_id_ecommerce": VARIANT_KEY + variant,
            "sku": catalogue.skus.take(by_variant),
            "order_interval_unit": pick([unit for unit, _ in PLANS], plan),
            "order_interval_frequency": frequency,
            "charge_interval_frequency": frequency,
            "_fivetran_deleted": np.zeros(len(of), bool),
            "_fivetran_synced": moment(synced_after(changes.at)),
        }
    )
