"""Members of the loyalty programme: history as Parquet, this year's enrolments as JSON lines."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.calendar import DAY, END, START, second_of
from orchestration.demo.columns import join, moment, nothing, number, pick, where
from orchestration.demo.keys import keys
from orchestration.demo.lives import Lives
from orchestration.demo.mess import Mess, replaced
from orchestration.demo.people import TILL, People
from orchestration.demo.spelling import PLACEHOLDER_PHONES, typed_email, typed_phone
from orchestration.demo.tills import STORES_PER_MARKET, Receipts, store_names
from orchestration.demo.writing import Raw

TABLE = "loyalty.member"
INVITED_BEFORE = 14 * DAY  # no friend is invited earlier than this before the first contact


@dataclass
class Members:
    """The members of one block, in the order of its people; times in seconds since 1970."""

    person: np.ndarray
    ids: pa.Array
    enrolled_at: np.ndarray
    row: np.ndarray  # of each person, -1 for those who are not members

    def __len__(self) -> int:
        return len(self.person)


def draw_members(
    rng: np.random.Generator, block: int, people: People, lives: Lives, receipts: Receipts
) -> Members:
    """Enrol the members of a block, before any receipt shows their card and before the first friend they invited comes."""
    first_friend = np.full(len(people), END)
    invited = lives.referrer >= 0
    np.minimum.at(first_friend, lives.referrer[invited], lives.entered_at[invited])
    first_shown = np.full(len(people), END)
    shown = receipts.identification.loyalty_number.is_valid().to_numpy(zero_copy_only=False)
    np.minimum.at(first_shown, receipts.person[shown], receipts.at[shown])
    person = np.flatnonzero(people.member)
    enrolled = rng.integers(second_of(START), END - 40 * DAY, len(person))
    return Members(
        person=person,
        ids=join("M", number(keys(TABLE, block, len(person)))),
        enrolled_at=np.minimum(
            np.minimum(enrolled, first_shown[person] - 600),
            first_friend[person] - rng.integers(INVITED_BEFORE, INVITED_BEFORE + 14 * DAY, len(person)),
        ),
        row=np.where(people.member, np.cumsum(people.member) - 1, -1),
    )


def write_members(raw: Raw, mess: Mess, block: int, people: People, members: Members) -> None:
    """Write the block's members. An e-mail other than the usual one never stands without a phone.

    Some give the landline of their household, and those whom nothing ties to their account their second number only.
    """
    rng, person, ids, enrolled = mess.rng, members.person, members.ids, members.enrolled_at
    slot = np.where(rng.random(len(person)) < 0.05, people.email_slots[person] - 1, 0)
    apart = people.apart[person]
    has_phone = (slot > 0) | (rng.random(len(person)) < 0.8) | apart
    has_email = ((rng.random(len(person)) < 0.95) | ~has_phone) & ~apart
    updated = enrolled + rng.integers(DAY, 35 * DAY, len(person))
    digits = people.phone(person, enrolled, apart.astype(int), updated)
    landline = people.landlines.take(pa.array(person))
    digits = where(rng.random(len(person)) < 0.5, pc.coalesce(landline, digits), digits)
    idle = ~has_phone & (rng.random(len(person)) < 0.2)
    phone = where(has_phone, typed_phone(rng, people.market[person], digits), None)
    placeholder = pick(PLACEHOLDER_PHONES, rng.integers(0, len(PLACEHOLDER_PHONES), len(person)))
    market = people.market[person]
    home = market * STORES_PER_MARKET + (people.numbers[person] * 31 + 7) % STORES_PER_MARKET
    rows = pa.table(
        {
            "member_id": ids,
            "loyalty_number": people.loyalty_numbers.take(pa.array(person)),
            "email": where(
                has_email, typed_email(rng, people.email(person, enrolled, slot), typo_share=0.003), None
            ),
            "phone": where(idle, placeholder, phone),
            "first_name": people.first.take(pa.array(person)),
            "last_name": people.last(person, enrolled),
            "birth_date": pa.array(people.birth_day[person].astype("datetime64[D]")),
            "enrolled_at": moment(enrolled),
            "enrolled_channel": where(people.habit[person] == TILL, "store", "web"),
            "home_store_id": pick([store[0] for store in store_names()], home),
            "status": where(rng.random(len(person)) < 0.93, "active", "closed"),
            "updated_at": moment(updated),
        }
    )
    mess.truth.records(TABLE, ids, people.ids.take(pa.array(person)))
    rows = mess.twice(TABLE, mess.earlier(TABLE, rows, lambda old: {"phone": nothing(old.num_rows)}))
    if block == 0:
        sample = rows.slice(0, mess.handful())
        sample = replaced(sample, {"email": nothing(sample.num_rows), "phone": nothing(sample.num_rows)})
        key = {"member_id": nothing(sample.num_rows), "loyalty_number": _unused(sample.num_rows)}
        rows = pa.concat_tables([rows, mess.broken(TABLE, "key_missing", sample, key)])
    recent = pc.greater_equal(rows["enrolled_at"], pa.scalar(np.datetime64("2026-01-01", "us")))
    raw.parquet(TABLE, f"member_{block:03}", rows.filter(pc.invert(recent)))
    raw.jsonl(TABLE, f"member_2026_{block:03}", rows.filter(recent))


def _unused(rows: int) -> pa.Array:
    return join("HM", number(np.arange(rows) + 99_000_000))
