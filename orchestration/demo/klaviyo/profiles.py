"""Profiles (klaviyo.person): Parquet until 2025, since then CSV with a byte order mark, text booleans, no nulls."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.bad_rows import bad_rows
from orchestration.demo.calendar import DAY, END, second_of
from orchestration.demo.columns import as_text, join, moment, nothing, number, pick, printed, where
from orchestration.demo.consents import EMAIL_MARKETING, SMS_MARKETING, Consents
from orchestration.demo.keys import keys
from orchestration.demo.markets import of_markets
from orchestration.demo.mess import Mess, replaced, synced_after
from orchestration.demo.people import People
from orchestration.demo.spelling import international_phone
from orchestration.demo.writing import Raw

TABLE = "klaviyo.person"
_SECOND_SHARE = 0.04  # of people with a second address
_DELETED_SHARE = 0.004
_DEFECTS = (
    ("key_missing", "id", ""),
    ("not_a_boolean", "_fivetran_deleted", "perhaps"),
    ("before_1990", "created", "1970-01-01 00:00:00"),
)
_CSV_FROM = second_of(np.datetime64("2026-01-01"))


@dataclass
class Profiles:
    """Profiles of one block: one for everybody who is known, then the second addresses of a few."""

    ids: pa.Array
    person: np.ndarray
    created: np.ndarray
    is_second: np.ndarray  # never allowed anything, so nothing is ever sent to it
    deleted: np.ndarray
    of_person: np.ndarray  # person -> row, -1 without profile


def draw_profiles(
    rng: np.random.Generator, block: int, people: People, account_opened: np.ndarray, consents: Consents
) -> Profiles:
    """Make a profile of everybody who allowed e-mails or has an account (opened, per person; END for none).

    An address stands for one profile, so the second of two people who share one has none.
    """
    known = np.minimum(account_opened, consents.granted[EMAIL_MARKETING])
    person = np.flatnonzero((known < END) & (people.shares_with < 0))
    again = person[(people.email_slots[person] > 1) & (rng.random(len(person)) < _SECOND_SHARE)]
    is_second = np.arange(len(person) + len(again)) >= len(person)
    of_person = np.full(len(people), -1)
    of_person[person] = np.arange(len(person))
    both = np.concatenate([person, again])
    later = rng.integers(DAY, 300 * DAY, len(both)) * is_second
    return Profiles(
        ids=join("01K", number(keys(TABLE, block, len(both)))),
        person=both,
        created=np.minimum(known[both] + later, END - DAY // 2),
        is_second=is_second,
        deleted=rng.random(len(both)) < _DELETED_SHARE,
        of_person=of_person,
    )


def write_profiles(
    raw: Raw,
    mess: Mess,
    rng: np.random.Generator,
    block: int,
    people: People,
    profiles: Profiles,
    consents: Consents,
    last_event: np.ndarray,
) -> None:
    """Write the profiles; `last_event` in seconds by row, 0 for none. A deleted one is no record of the truth."""
    rows = _rows(rng, people, profiles, consents, last_event)
    live = ~profiles.deleted
    owner = people.ids.take(pa.array(profiles.person[live]))
    mess.truth.records(TABLE, profiles.ids.filter(pa.array(live)), owner)
    mess.truth.soft_deleted[TABLE] += int(profiles.deleted.sum())

    def not_yet(old: pa.Table) -> dict:
        return {"custom_consent": nothing(old.num_rows), "city": nothing(old.num_rows)}

    recent = profiles.created >= _CSV_FROM
    former, new = (rows.filter(pa.array(chosen)) for chosen in (~recent, recent))
    former = mess.twice(TABLE, mess.earlier(TABLE, former, not_yet))
    new = as_text(mess.twice(TABLE, mess.earlier(TABLE, new, not_yet)))
    if block == 0:
        nameless = {
            "email": nothing(len(live)),
            "phone_number": nothing(len(live)),
            "_fivetran_deleted": pa.repeat(False, len(live)),
        }
        copies = as_text(replaced(rows, nameless))
        new = pa.concat_tables([new, *bad_rows(mess, TABLE, copies, "id", _DEFECTS, "01K")])
    raw.parquet(TABLE, f"person_{block:03}", former)
    raw.csv(TABLE, f"person_2026_{block:03}", new, bom=True)


def _rows(
    rng: np.random.Generator, people: People, profiles: Profiles, consents: Consents, last_event: np.ndarray
) -> pa.Table:
    """The newest version of every profile; second addresses always come with the phone."""
    person, second = profiles.person, profiles.is_second
    market, count = people.market[person], len(person)
    granted = np.where(second, END, consents.granted[EMAIL_MARKETING, person])
    allows = consents.allows(EMAIL_MARKETING, person, END - 1) & ~second
    asked = granted < END
    updated = np.minimum(
        np.maximum(profiles.created + rng.integers(600, 20 * DAY, count), last_event), END - 1
    )
    home = people.home(person, profiles.created)
    has_phone = second | (rng.random(count) < 0.35)
    phone = people.phone(person, profiles.created, until=updated)
    named = rng.random(count) < 0.85
    return pa.table(
        {
            "id": profiles.ids,
            "updated": moment(updated),
            "created": moment(profiles.created),
            "_fivetran_deleted": profiles.deleted,
            "first_name": where(named, people.first.take(pa.array(person)), None),
            "last_name": where(named, people.last(person, profiles.created), None),
            "timezone": pick(of_markets("timezone"), market),
            "region": home.region,
            "phone_number": where(has_phone, international_phone(rng, market, phone), None),
            "country": pick(of_markets("name"), market),
            "city": home.city,
            "email": people.email(person, profiles.created, np.where(second, 1, 0)),
            "custom_accepts_marketing": pa.array(allows),
            "custom_source": pick(["Checkout", "Footer form", "Account"], np.where(asked, person % 2, 2)),
            "custom_consent_method": where(asked, "Klaviyo Form", None),
            "custom_consent": where(asked, where(allows, '["email"]', "[]"), None),
            "custom_consent_timestamp": where(asked, printed(moment(granted)), None),
            "custom_sms_consent": where(
                consents.allows(SMS_MARKETING, person, END - 1) & ~second, "true", "false"
            ),
            "last_event_date": moment(last_event, last_event == 0),
            "_fivetran_synced": moment(synced_after(updated)),
        }
    )
