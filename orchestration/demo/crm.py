"""The CRM (HubSpot): contacts as CSV with a byte order mark, text booleans, and empty strings for nulls."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.calendar import AS_OF, DAY, START, second_of
from orchestration.demo.columns import as_text, moment, number, pick, printed, where
from orchestration.demo.effects import Effects
from orchestration.demo.keys import BROKEN, keys
from orchestration.demo.markets import of_markets
from orchestration.demo.mess import Mess, replaced, synced_after
from orchestration.demo.people import People
from orchestration.demo.spelling import typed_email, typed_name, typed_phone, typed_street
from orchestration.demo.writing import Raw

CONTACT, MEMBER, LIST = "hubspot.contact", "hubspot.contact_list_member", "hubspot.contact_list"
_LISTS = ("Newsletter", "Home lovers", "VIP preview", "Lapsed")
_LIST_KEY = 301
_LAST_DAY = second_of(AS_OF)


@dataclass
class Contacts:
    """Contacts of one block: everybody's first, then the second ones; a merged one lives on in the first."""

    ids: np.ndarray
    person: np.ndarray
    created: np.ndarray
    first: np.ndarray  # row of the person's first contact
    is_second: np.ndarray
    merged: np.ndarray


def draw_contacts(
    rng: np.random.Generator, block: int, people: People, effects: Effects, without_record: np.ndarray
) -> Contacts:
    """Enter some people into the CRM, and everybody who left no record elsewhere or whom nothing else ties together."""
    entered = rng.random(len(people)) < effects.crm_share
    holders = np.flatnonzero(without_record | people.apart | entered)
    again = np.flatnonzero(rng.random(len(holders)) < effects.second_contact_share)
    rows = len(holders) + len(again)
    is_second = np.arange(rows) >= len(holders)
    return Contacts(
        ids=keys(CONTACT, block, rows),
        person=np.concatenate([holders, holders[again]]),
        created=rng.integers(second_of(START), _LAST_DAY - 30 * DAY, rows),
        first=np.concatenate([np.arange(len(holders)), again]),
        is_second=is_second,
        merged=is_second & (rng.random(rows) < effects.merged_contact_share),
    )


def write_contacts(
    raw: Raw, mess: Mess, block: int, people: People, contacts: Contacts, effects: Effects
) -> None:
    """Write the contacts. A merged one is soft deleted, and no record of the truth."""
    live = ~contacts.merged
    mess.truth.records(CONTACT, number(contacts.ids[live]), people.ids.take(pa.array(contacts.person[live])))
    mess.truth.soft_deleted[CONTACT] += int(contacts.merged.sum())

    def jobless(old: pa.Table) -> dict:
        return {"property_jobtitle": pa.repeat("", old.num_rows)}

    rows = as_text(
        mess.twice(
            CONTACT, mess.earlier(CONTACT, _contact_rows(mess.rng, people, contacts, effects), jobless)
        )
    )
    if block == 0:
        rows = pa.concat_tables([rows, *_bad_contacts(mess, rows)])
    raw.csv(CONTACT, f"contact_{block:03}", rows, bom=True)
    _write_merges(raw, block, people, contacts)
    _write_list_members(raw, mess, block, contacts.ids[live], contacts.created[live])


def write_lists(raw: Raw, mess: Mess) -> None:
    """Write the lists that contacts are members of; the last one has been deleted."""
    at = np.arange(len(_LISTS))
    deleted = at == len(_LISTS) - 1
    rows = pa.table(
        {
            "id": _LIST_KEY + at,
            "_fivetran_deleted": deleted,
            "_fivetran_synced": moment(np.full(len(at), _LAST_DAY)),
            "created_at": moment(np.full(len(at), second_of(START))),
            "updated_at": moment(np.full(len(at), _LAST_DAY - DAY)),
            "name": _LISTS,
            "processing_type": pick(["DYNAMIC", "MANUAL"], at % 2),
        }
    )
    mess.truth.soft_deleted[LIST] += int(deleted.sum())
    raw.parquet(LIST, "contact_list", rows)


def _contact_rows(rng: np.random.Generator, people: People, contacts: Contacts, effects: Effects) -> pa.Table:
    """The newest version of every contact; most of those under a second address know the usual one too.

    Of those who do not, and of whom stores and web shop know apart, address and birth date are always known.
    """
    person, count, created = contacts.person, len(contacts.person), contacts.created
    other = np.where(contacts.is_second | (rng.random(count) < 0.05), people.email_slots[person] - 1, 0)
    remembers = (other > 0) & (rng.random(count) < 0.85)
    told = ((other > 0) & ~remembers) | people.apart[person]
    named = told | (rng.random(count) < 0.8)
    detailed = told | (rng.random(count) < effects.contact_details_share)
    synced = created + rng.integers(DAY, 25 * DAY, count)
    called = detailed & ~told & (rng.random(count) < 0.7)
    landline = people.landlines.take(pa.array(person))
    digits = people.phone(person, created, until=synced)
    digits = where(rng.random(count) < 0.7, pc.coalesce(landline, digits), digits)
    home = people.home(person, created)
    first, last = (
        typed_name(rng, name, effects.name_typo_share)
        for name in (people.first.take(pa.array(person)), people.last(person, created))
    )
    born = printed(pa.array(people.birth_day[person].astype("datetime64[D]")))
    absorbed = np.zeros(count, np.int64)
    absorbed[contacts.first[contacts.merged]] = contacts.ids[contacts.merged]
    return pa.table(
        {
            "_fivetran_deleted": contacts.merged,
            "_fivetran_synced": moment(synced_after(synced)),
            "property_email": typed_email(rng, people.email(person, created, other), typo_share=0.003),
            "id": contacts.ids,
            "property_firstname": where(named, first, ""),
            "property_lastname": where(named, last, ""),
            "property_email_1": where(remembers, people.email(person, created), ""),
            "property_createdate": moment(created),
            "property_jobtitle": pick(
                ["", "Manager", "Teacher", "Nurse"], np.maximum(rng.integers(-16, 4, count), 0)
            ),
            "property_hs_merged_object_ids": where(absorbed > 0, number(absorbed), ""),
            "property_phone": where(called, typed_phone(rng, people.market[person], digits), ""),
            "property_address": where(detailed, typed_street(rng, home.street), ""),
            "property_city": where(detailed, home.city, ""),
            "property_zip": where(detailed, home.postcode, ""),
            "property_country": where(detailed, pick(of_markets("code"), people.market[person]), ""),
            "property_date_of_birth": where(detailed, born, ""),
        }
    )


def _write_merges(raw: Raw, block: int, people: People, contacts: Contacts) -> None:
    gone = np.flatnonzero(contacts.merged)
    into = contacts.ids[contacts.first[gone]]
    person = pa.array(contacts.person[gone])
    merged_at = contacts.created[gone] + 20 * DAY
    rows = pa.table(
        {
            "canonical_vid": into,
            "contact_id": into,
            "vid_to_merge": contacts.ids[gone],
            "_fivetran_synced": moment(synced_after(merged_at)),
            "first_name": people.first.take(person),
            "last_name": people.last(contacts.person[gone], merged_at),
            "num_properties_moved": np.full(len(gone), 3),
            "timestamp": moment(merged_at),
        }
    )
    raw.parquet("hubspot.contact_merge_audit", f"contact_merge_audit_{block:03}", rows)


def _write_list_members(raw: Raw, mess: Mess, block: int, ids: np.ndarray, created: np.ndarray) -> None:
    """A contact is on up to two lists; those who left one are soft deleted."""
    rng = mess.rng
    first, second = np.flatnonzero(rng.random(len(ids)) < 0.7), np.flatnonzero(rng.random(len(ids)) < 0.2)
    contact = np.concatenate([first, second])
    is_second = np.arange(len(contact)) >= len(first)
    favourite = rng.integers(0, len(_LISTS), len(ids))[contact]
    left = rng.random(len(contact)) < 0.05
    added = created[contact] + DAY
    rows = pa.table(
        {
            "contact_id": ids[contact],
            "contact_list_id": _LIST_KEY + (favourite + is_second) % len(_LISTS),
            "_fivetran_deleted": left,
            "_fivetran_synced": moment(synced_after(added)),
            "added_at": moment(added),
        }
    )
    mess.truth.soft_deleted[MEMBER] += int(left.sum())
    raw.parquet(MEMBER, f"contact_list_member_{block:03}", mess.twice(MEMBER, rows))


def _bad_contacts(mess: Mess, rows: pa.Table) -> list[pa.Table]:
    """Copies of contacts without e-mail, each kind with one defect."""
    size = mess.handful()
    defects = (("key_missing", "id", ""), ("not_a_timestamp", "property_createdate", "31/02/2026"))
    broken = []
    for kind, (reason, column, value) in enumerate(defects):
        copies = rows.slice(kind * size, size)
        fresh = number(keys(CONTACT, 0, copies.num_rows, BROKEN + kind * size))
        copies = replaced(copies, {"id": fresh, "property_email": pa.repeat("", copies.num_rows)})
        broken.append(mess.broken(CONTACT, reason, copies, {column: pa.repeat(value, copies.num_rows)}))
    return broken
