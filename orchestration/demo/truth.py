"""The truth beside the raw files: whose each record is, what was planted, and the money that counts.

record_persons.parquet  the person of every source record; soft-deleted and broken rows are no records, nor
                        are receipts that say nothing about the customer and devices that nobody signed in on
                        (segment.device, by anonymous id) or that two people share. The same file is delivered
                        as raw/identity/label, where the warehouse measures itself against it
people.parquet          one row per person: country, habit, what brought them, what they bought first, orders
                        and net value by channel, with those that nobody could see (anonymous receipts) and
                        those of subscriptions apart; who shares an identifier with whom (shares_with); and the
                        hard cases: household_id (of everybody), twin_of, has_landline (its household's number is
                        given in place of theirs now and then), moved_date, renamed_date (surname and first
                        e-mail), phone_lost_date, phone_got_date and phone_got_from (a stranger's number, idle for
                        a year), known_apart (stores and web shop share no identifier, but the CRM knows the birth
                        date). Misspelt names and e-mails are single slips of the hand and are not written down
planted.json            per table: rows in the files, exact duplicates (and how many of them because a whole
                        file came twice), older versions, soft deletes, orphaned lines, bad rows by reason;
                        and the values that many strangers share
money.csv               what counts, by system and currency: newest versions, no tests, nothing cancelled.
                        Gross includes tax everywhere; refund is goods without tax, and no shipping;
                        net = gross - discount - tax - refund. Gift cards sold are no revenue and stand apart.
                        Orders without a rate have rows of their own; those in no currency at all are not among them
effects.json            how people behave
planted_effects.csv     what of it the marts are held to, and how to find it again
campaign_holdouts.parquet  to whom a large e-mail campaign was deliberately not sent, and whether they bought
ad_spend.csv            new customers and advertising spend by campaign and month, in the campaign's currency
stock_outs.csv          what was sold out in the web shop, since when and until when
"""

import csv
import json
from collections import Counter, defaultdict
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from orchestration.demo.calendar import AS_OF, END
from orchestration.demo.columns import decimals, join, number, pick
from orchestration.demo.effects import Effects
from orchestration.demo.markets import of_markets
from orchestration.demo.people import HABITS, People
from orchestration.demo.planted_effects import write_planted_effects
from orchestration.demo.spelling import PLACEHOLDER_PHONES, SHARED_VALUES
from orchestration.demo.writing import Raw

RECORDS = pa.schema(
    [(name, pa.string()) for name in ("source_system", "source_table", "source_key", "person_id")]
)
MONEY = ("orders", "gross", "discount", "tax", "refund", "net", "gift_card")


class Truth:
    """Collects the truth while the retailer is written; `close` puts it into the folder."""

    def __init__(self, folder: Path, effects: Effects) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        # First of all, because its presence tells that a folder is a demo's, also of one that was interrupted.
        self._json("effects.json", asdict(effects))
        write_planted_effects(folder, effects)
        self.exact_duplicates: Counter[str] = Counter()
        self.resent: Counter[str] = Counter()
        self.older_versions: Counter[str] = Counter()
        self.soft_deleted: Counter[str] = Counter()
        self.orphans: Counter[str] = Counter()
        self.bad_rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._money: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._records = pyarrow.parquet.ParquetWriter(folder / "record_persons.parquet", RECORDS)
        self._people: pyarrow.parquet.ParquetWriter | None = None

    def records(self, table: str, keys: pa.Array, person_ids: pa.Array) -> None:
        """Say whose the source records of `system.table` are."""
        system, name = table.split(".")
        same = [pa.repeat(pa.scalar(text), len(keys)) for text in (system, name)]
        self._records.write_table(pa.Table.from_arrays([*same, keys, person_ids], schema=RECORDS))

    def money(self, system: str, currency: np.ndarray, **cents: np.ndarray) -> None:
        """Add up the money of what counts; `orders` is a count, everything else cents per row."""
        for code in np.unique(currency):
            for name, amounts in cents.items():
                self._money[system, str(code)][name] += int(amounts[currency == code].sum())

    def people(self, people: People, **columns: pa.Array | np.ndarray) -> None:
        """Write one row per person with what they truly did."""
        table = pa.table(
            {
                "person_id": people.ids,
                "country": pick(of_markets("code"), people.market),
                "habit": pick(HABITS, people.habit),
                "currency": pick(of_markets("currency"), people.market),
                **_hard_cases(people),
                "shares_with": people.ids.take(pa.array(people.shares_with, mask=people.shares_with < 0)),
                **columns,
            }
        )
        self._people = self._people or pyarrow.parquet.ParquetWriter(
            self.folder / "people.parquet", table.schema
        )
        self._people.write_table(table)

    def close(self, seed: int, customers: int, raw: Raw) -> None:
        """Finish the files: record_persons and people (Parquet), planted (JSON), money (CSV); deliver the labels."""
        self._records.close()
        raw.copy("identity.label", self.folder / "record_persons.parquet", "label")
        raw_rows = raw.rows
        if self._people:
            self._people.close()
        planted = {
            "seed": seed,
            "customers": customers,
            "as_of_date": str(AS_OF),
            "shared_values": [*SHARED_VALUES, *PLACEHOLDER_PHONES],
            "tables": {
                table: {
                    "raw_rows": raw_rows[table],
                    "exact_duplicates": self.exact_duplicates[table],
                    "in_files_sent_twice": self.resent[table],
                    "older_versions": self.older_versions[table],
                    "soft_deleted": self.soft_deleted[table],
                    "orphans": self.orphans[table],
                    "bad_rows": dict(sorted(self.bad_rows[table].items())),
                }
                for table in sorted(raw_rows)
            },
        }
        self._json("planted.json", planted)
        with (self.folder / "money.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["system", "currency", *MONEY])
            for (system, code), cents in sorted(self._money.items()):
                net = cents["gross"] - cents["discount"] - cents["tax"] - cents["refund"]
                amounts = [Decimal({**cents, "net": net}.get(name, 0)).scaleb(-2) for name in MONEY[1:]]
                writer.writerow([system, code, cents["orders"], *(f"{amount:.2f}" for amount in amounts)])

    def _json(self, name: str, content: dict) -> None:
        (self.folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _hard_cases(people: People) -> dict[str, pa.Array | np.ndarray]:
    """Who lives with whom, and what makes people hard to tell apart or to find."""

    def id_of(row: np.ndarray) -> pa.Array:
        return people.ids.take(pa.array(row, mask=row < 0))

    def day_of(seconds: np.ndarray) -> pa.Array:
        return pa.array(seconds.astype("datetime64[s]").astype("datetime64[D]"), mask=seconds == END)

    households, changes = people.households, people.changes
    return {
        "household_id": join("H", number(people.numbers[households.head], 7)),
        "twin_of": id_of(households.twin),
        "has_landline": households.landline >= 0,
        "moved_date": day_of(changes.moved_at),
        "renamed_date": day_of(changes.renamed_at),
        "phone_lost_date": day_of(changes.number_lost_at),
        "phone_got_date": day_of(changes.number_got_at),
        "phone_got_from": id_of(changes.number_from),
        "known_apart": people.apart,
    }


def per_person(people: People, person: np.ndarray, amount: np.ndarray | None = None) -> pa.Array:
    """Count rows per person, or add up an amount in cents (as decimal)."""
    if amount is None:
        return pa.array(np.bincount(person, minlength=len(people)))
    return decimals(np.bincount(person, weights=amount, minlength=len(people)).astype(np.int64))
