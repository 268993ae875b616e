"""Users of the help desk: whoever asked, once per e-mail address used, and the agents who answer."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo.bad_rows import bad_rows
from orchestration.demo.calendar import START, second_of
from orchestration.demo.columns import as_text, join, moment, number, pick, where
from orchestration.demo.effects import Effects
from orchestration.demo.helpdesk.tickets import AGENTS, VOICE, Tickets
from orchestration.demo.keys import keys
from orchestration.demo.mess import Mess, synced_after
from orchestration.demo.people import People
from orchestration.demo.shop.accounts import Accounts
from orchestration.demo.spelling import international_phone, typed_email, typed_name
from orchestration.demo.writing import Raw

TABLE = "zendesk.user"
AGENT_KEY = 359_000_000_000


@dataclass
class Users:
    """End users of one block, and who of them is behind each ticket."""

    ids: np.ndarray
    of_ticket: np.ndarray  # row of the user


def write_agents(raw: Raw) -> None:
    """Write the agents, who are colleagues and nobody's customers."""
    at = np.arange(AGENTS)
    hired = moment(second_of(START) - 86_400 * (at + 1))
    rows = pa.table(
        {
            "id": AGENT_KEY + at,
            "_fivetran_synced": moment(synced_after(np.full(AGENTS, second_of(START)))),
            "active": np.ones(AGENTS, bool),
            "created_at": hired,
            "email": join("desk", number(at + 1, 2), "@hearth-and-thread.example"),
            "name": join("Service desk ", number(at + 1)),
            "role": pick(["agent", "admin"], (at == 0).astype(int)),
            "updated_at": hired,
            "verified": np.ones(AGENTS, bool),
        }
    )
    raw.jsonl(TABLE, "user_agents", as_text(rows))


def write_users(
    raw: Raw, mess: Mess, block: int, people: People, accounts: Accounts, tickets: Tickets, effects: Effects
) -> Users:
    """Write who asked, as JSON lines; an e-mail other than the usual one never stands without a phone."""
    rng = mess.rng
    identity = tickets.email_slot * len(people) + tickets.person
    known, first, of_ticket = np.unique(identity, return_index=True, return_inverse=True)
    rows, person, slot = len(known), tickets.person[first], tickets.email_slot[first]
    created = tickets.created_at[first]  # tickets lie in order of time
    called = (tickets.channel[first] == VOICE) & (slot == 0) & (rng.random(rows) < 0.6)
    has_phone = called | (slot > 0) | (rng.random(rows) < 0.35)
    account = accounts.first_row[person]
    linked = (account >= 0) & (rng.random(rows) < 0.45)
    written = typed_email(rng, people.email(person, created, slot), effects.email_typo_share)
    email = where(called, None, written)
    by = pa.array(person)
    ids = keys(TABLE, block, rows)
    phone = international_phone(rng, people.market[person], people.phone(person, created))
    users = pa.table(
        {
            "id": ids,
            "_fivetran_synced": moment(synced_after(created)),
            "active": np.ones(rows, bool),
            "created_at": moment(created),
            "email": email,
            "external_id": where(linked, number(np.append(accounts.ids, 0)[account]), None),
            "name": join(
                typed_name(rng, people.first.take(by), effects.name_typo_share),
                " ",
                typed_name(rng, people.last(person, created), effects.name_typo_share),
            ),
            "phone": where(has_phone, phone, None),
            "role": pick(["end-user"], np.zeros(rows, int)),
            "suspended": np.zeros(rows, bool),
            "updated_at": moment(created + 60),
            "verified": rng.random(rows) < 0.8,
        }
    )
    mess.truth.records(TABLE, number(ids), people.ids.take(by))

    def unverified(old: pa.Table) -> dict:
        return {"verified": pa.repeat(False, old.num_rows)}

    printed = as_text(mess.twice(TABLE, mess.earlier(TABLE, users, unverified)))
    if block == 0:
        defects = [("key_missing", "id", None), ("not_a_boolean", "active", "perhaps")]
        printed = pa.concat_tables([printed, *bad_rows(mess, TABLE, as_text(users), "id", defects)])
    raw.jsonl(TABLE, f"user_{block:03}", printed)
    return Users(ids, of_ticket)
