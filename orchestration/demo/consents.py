"""What people allowed and took back (privacy.consent_event), and who asked to be forgotten."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.bad_rows import bad_rows
from orchestration.demo.calendar import DAY, END
from orchestration.demo.columns import as_text, join, moment, number, pick, where
from orchestration.demo.effects import Effects
from orchestration.demo.keys import keys
from orchestration.demo.lives import PURPOSES, STORE, Lives
from orchestration.demo.mess import Mess, replaced
from orchestration.demo.people import People
from orchestration.demo.spelling import international_phone, typed_email, typed_loyalty
from orchestration.demo.writing import Raw

EVENT, REQUEST = "privacy.consent_event", "privacy.erasure_request"
EMAIL_MARKETING, SMS_MARKETING = PURPOSES.index("email_marketing"), PURPOSES.index("sms_marketing")
BY_EMAIL, BY_PHONE, BY_CARD = range(3)
_IDENTIFIERS = ("email", "phone", "loyalty_number")
_DEFECTS = (
    ("key_missing", "consent_event_id", None),
    ("value_missing", "status", None),
    ("in_the_future", "occurred_at", "2126-05-04 09:00:00"),
)
_RECENT = END - 30 * DAY
_ERASURE_DAYS = 60  # who asked earlier is gone from the sources


@dataclass
class Consents:
    """By purpose (row) and person: granted, withdrawn, granted once more; END for never."""

    granted: np.ndarray
    withdrawn: np.ndarray
    regranted: np.ndarray

    def allows(self, purpose: int, person: np.ndarray, at: np.ndarray | int) -> np.ndarray:
        """Whether each person allows a purpose at a moment."""
        granted, withdrawn, regranted = (
            times[purpose, person] for times in (self.granted, self.withdrawn, self.regranted)
        )
        return ((granted <= at) & (at < withdrawn)) | (regranted <= at)

    def changed_at(self, purpose: int, person: np.ndarray) -> np.ndarray:
        """When each person last said something about a purpose; 0 for never."""
        times = np.stack([each[purpose, person] for each in (self.granted, self.withdrawn, self.regranted)])
        return np.where(times < END, times, 0).max(axis=0)


def draw_consents(rng: np.random.Generator, lives: Lives, effects: Effects) -> Consents:
    """Take the consents of people's lives; a few of those who withdrew come back."""
    shape = lives.withdrawn_at.shape
    back = (lives.withdrawn_at < END) & (rng.random(shape) < effects.regranted_share)
    again = lives.withdrawn_at + rng.integers(20 * DAY, 250 * DAY, shape)
    return Consents(lives.granted_at, lives.withdrawn_at, np.where(back, np.minimum(again, END), END))


def write_consents(
    raw: Raw,
    mess: Mess,
    rng: np.random.Generator,
    block: int,
    people: People,
    lives: Lives,
    consents: Consents,
) -> None:
    """Write every change: years as Parquet, the last thirty days, with what came late, as JSON lines."""
    purpose, person, at, status = _changes(consents)
    rows = len(at)
    kind = np.where((purpose == SMS_MARKETING) & (rng.random(rows) < 0.9), BY_PHONE, BY_EMAIL)
    in_store = lives.acquisition[person] == STORE
    kind = np.where(
        (kind == BY_EMAIL) & people.member[person] & in_store & (rng.random(rows) < 0.5), BY_CARD, kind
    )
    given = np.where(in_store, 2, rng.choice(2, rows, p=[0.55, 0.45]))
    taken = 3 + rng.choice(3, rows, p=[0.7, 0.25, 0.05])
    sources = ("sign_up", "checkout", "store", "email_link", "preference_centre", "help_desk")
    table = pa.table(
        {
            "consent_event_id": join("CE", number(keys(EVENT, block, rows))),
            "identifier_type": pick(_IDENTIFIERS, kind),
            "identifier_value": _written(rng, people, person, at, kind),
            "purpose": pick(PURPOSES, purpose),
            "status": pick(["granted", "withdrawn"], status),
            "source": pick(sources, np.where(status == 1, taken, given)),
            "occurred_at": moment(at),
        }
    )
    recent = (at >= _RECENT) | (mess.rng.random(rows) < mess.late_share)
    year = at.astype("datetime64[s]").astype("datetime64[Y]").astype(int) + 1970
    for each in np.unique(year):
        chosen = table.filter(pa.array((year == each) & ~recent))
        raw.parquet(EVENT, f"consent_event_{each}_{block:03}", mess.twice(EVENT, chosen))
    new = as_text(mess.twice(EVENT, table.filter(pa.array(recent))))
    if block == 0:
        nobody = {
            "identifier_type": pa.repeat("email", rows),
            "identifier_value": join("nobody", number(np.arange(rows)), "@mail.example"),
        }
        copies = as_text(replaced(table, nobody))
        new = pa.concat_tables([new, *bad_rows(mess, EVENT, copies, "consent_event_id", _DEFECTS, "CE")])
    raw.jsonl(EVENT, f"consent_event_recent_{block:03}", new)


def write_erasures(
    raw: Raw, mess: Mess, rng: np.random.Generator, block: int, people: People, effects: Effects
) -> None:
    """Write the requests of the last weeks, by e-mail or phone."""
    person = np.flatnonzero(rng.random(len(people)) < effects.erasure_share)
    kind = np.where(rng.random(len(person)) < 0.8, BY_EMAIL, BY_PHONE)
    at = END - 1 - rng.integers(0, _ERASURE_DAYS * DAY, len(person))
    rows = pa.table(
        {
            "request_id": join("ER", number(keys(REQUEST, block, len(person)))),
            "identifier_type": pick(_IDENTIFIERS, kind),
            "identifier_value": _written(rng, people, person, at, kind),
            "requested_at": moment(at),
        }
    )
    raw.csv(REQUEST, f"erasure_request_{block:03}", mess.twice(REQUEST, rows))


def _changes(consents: Consents) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Every change in order of time: purpose, person, moment, and 1 where it takes a consent back."""
    parts = []
    for code, times in enumerate((consents.granted, consents.withdrawn, consents.regranted)):
        purpose, person = np.nonzero(times < END)
        parts.append((purpose, person, times[purpose, person], np.full(len(person), code % 2)))
    purpose, person, at, status = (np.concatenate(values) for values in zip(*parts, strict=True))
    order = np.argsort(at, kind="stable")
    return purpose[order], person[order], at[order], status[order]


def _written(
    rng: np.random.Generator, people: People, person: np.ndarray, at: np.ndarray, kind: np.ndarray
) -> pa.Array:
    """The identifier as the person gave it; no country stands beside a phone, so it carries its own."""
    email = typed_email(rng, people.email(person, at))
    phone = international_phone(rng, people.market[person], people.phone(person, at))
    card = typed_loyalty(rng, people.loyalty_numbers.take(pa.array(person)))
    return where(kind == BY_EMAIL, email, where(kind == BY_PHONE, phone, card))
