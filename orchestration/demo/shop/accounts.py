"""Accounts of the web shop (shopify.customer)."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.calendar import DAY, END, START, second_of
from orchestration.demo.columns import join, moment, printed, where
from orchestration.demo.consents import EMAIL_MARKETING, Consents
from orchestration.demo.effects import Effects
from orchestration.demo.keys import keys
from orchestration.demo.mess import Mess, synced_after
from orchestration.demo.people import People
from orchestration.demo.purchases import Purchases
from orchestration.demo.spelling import international_phone
from orchestration.demo.writing import Raw

TABLE = "shopify.customer"


@dataclass
class Accounts:
    """Accounts of one block; everybody's first account comes before all second ones."""

    ids: np.ndarray
    person: np.ndarray
    created: np.ndarray
    first_row: np.ndarray  # person -> row, -1 without account
    second_row: np.ndarray

    def keys(self, row: np.ndarray) -> pa.Array:
        """The customer ids of rows; null where the row is -1, a guest."""
        return pa.array(np.append(self.ids, 0)[row], mask=row < 0)

    def used_by(self, rng: np.random.Generator, person: np.ndarray) -> np.ndarray:
        """Row of the account each person signs in with; those with two use either."""
        second = (self.second_row[person] >= 0) & (rng.random(len(person)) < 0.5)
        return np.where(second, self.second_row[person], self.first_row[person])


def draw_accounts(
    rng: np.random.Generator, block: int, people: People, purchases: Purchases, effects: Effects
) -> Accounts:
    """Open the accounts, shortly before the person's first web order or on any day if there is none."""
    first_order = np.full(len(people), END)
    np.minimum.at(first_order, purchases.person, purchases.at)
    opened = np.where(
        first_order < END, first_order - 300, rng.integers(second_of(START), END - DAY, len(people))
    )

    holders = np.flatnonzero(people.has_account)
    again = holders[rng.random(len(holders)) < effects.second_account_share]
    person = np.concatenate([holders, again])
    first_row, second_row = np.full((2, len(people)), -1)
    first_row[holders] = np.arange(len(holders))
    second_row[again] = len(holders) + np.arange(len(again))
    return Accounts(keys(TABLE, block, len(person)), person, opened[person], first_row, second_row)


def write_accounts(
    raw: Raw,
    mess: Mess,
    rng: np.random.Generator,
    block: int,
    people: People,
    accounts: Accounts,
    consents: Consents,
    orders_count: np.ndarray,
    total_spent: np.ndarray,
) -> None:
    """Write the accounts by the year they were opened; the later files have drifted from the first one."""
    person = accounts.person
    second = np.arange(len(person)) >= len(person) - (accounts.second_row >= 0).sum()
    has_phone = rng.random(len(person)) < np.where(second, 0.97, 0.93)
    updated = np.minimum(accounts.created + rng.integers(DAY, 200 * DAY, len(person)), END - 1)
    updated = np.maximum(updated, consents.changed_at(EMAIL_MARKETING, person))
    email = people.email(person, updated, np.where(second, np.minimum(1, people.email_slots[person] - 1), 0))
    phone = people.phone(person, accounts.created, until=updated)
    rows = pa.table(
        {
            "id": accounts.ids,
            "first_name": people.first.take(pa.array(person)),
            "last_name": people.last(person, updated),
            "email": email,
            "phone": where(has_phone, international_phone(rng, people.market[person], phone), None),
            "state": where(rng.random(len(person)) < 0.9, "enabled", "invited"),
            "orders_count": orders_count,
            "total_spent": total_spent / 100,
            "created_at": moment(accounts.created),
            "updated_at": moment(updated),
            "accepts_marketing": consents.allows(EMAIL_MARKETING, person, END - 1),
            "tax_exempt": np.zeros(len(person), bool),
            "verified_email": rng.random(len(person)) < 0.95,
            "_fivetran_synced": moment(synced_after(updated)),
        }
    )
    mess.truth.records(
        TABLE, rows["id"].combine_chunks().cast(pa.string()), people.ids.take(pa.array(person))
    )

    rows = mess.twice(TABLE, mess.earlier(TABLE, rows, lambda old: {"email": join("old.", old["email"])}))
    if block == 0:
        sample = rows.slice(0, mess.handful())
        null_key = {"id": pa.nulls(sample.num_rows, pa.int64())}
        rows = pa.concat_tables([rows, mess.broken(TABLE, "key_missing", sample, null_key)])
    created = rows["created_at"].to_numpy()
    before, during = created < np.datetime64("2025-01-01"), created < np.datetime64("2026-01-01")
    consent = where(rows["accepts_marketing"].to_numpy(), "subscribed", "not_subscribed")
    raw.parquet(TABLE, f"customer_2024_{block:03}", rows.filter(pa.array(before)))
    raw.parquet(
        TABLE,
        f"customer_2025_{block:03}",
        rows.drop_columns("verified_email").filter(pa.array(~before & during)),
    )
    drifted = rows.append_column("sms_marketing_consent_state", consent)
    by_hand = created >= np.datetime64("2026-06-01")  # exported while the loader was down
    raw.parquet(TABLE, f"customer_2026_{block:03}", drifted.filter(pa.array(~during & ~by_hand)))
    raw.csv(TABLE, f"customer_2026_06_{block:03}", _as_exported(drifted.filter(pa.array(by_hand))))


def _as_exported(rows: pa.Table) -> pa.Table:
    """Text only, with True and False for booleans and nothing between the quotes of what is not known."""
    columns = {}
    for name in rows.column_names:
        text = printed(rows[name])
        is_flag = pa.types.is_boolean(rows[name].type)
        columns[name] = pc.fill_null(pc.utf8_capitalize(text) if is_flag else text, "")
    return pa.table(columns)
