"""The CRM's contacts and lists (HubSpot): CSV with a byte order mark, text booleans, empty strings for what is missing."""

import numpy as np
import pyarrow as pa

from orchestration.demo.calendar import AS_OF, DAY, START
from orchestration.demo.columns import as_text, join, moment, number, pick, where
from orchestration.demo.effects import Effects
from orchestration.demo.keys import BROKEN, keys
from orchestration.demo.mess import Mess, replaced, synced_after
from orchestration.demo.people import People
from orchestration.demo.spelling import typed_email
from orchestration.demo.truth import Truth
from orchestration.demo.writing import Raw

TABLE = "hubspot.contact"
_LISTS = ("Newsletter", "Home lovers", "VIP preview", "Lapsed")
_LIST_KEY = 301
_FIRST_DAY = int(START.astype("datetime64[s]").astype(np.int64))
_LAST_DAY = int(AS_OF.astype("datetime64[s]").astype(np.int64))


def write_contacts(
    raw: Raw, truth: Truth, mess: Mess, block: int, people: People, effects: Effects, without_record: np.ndarray
) -> None:
    """Write the contacts of some people, and of everybody who left no record elsewhere.

    A second contact of a person may have been merged into the first: then it is soft deleted, and no record of the truth.
    """
    rng = mess.rng
    holders = np.flatnonzero(without_record | (rng.random(len(people)) < effects.crm_share))
    twice = rng.random(len(holders)) < effects.second_contact_share
    person = np.concatenate([holders, holders[twice]])
    is_second = np.arange(len(person)) >= len(holders)
    merged = is_second & (rng.random(len(person)) < effects.merged_contact_share)
    absorbs = np.concatenate([np.zeros(len(holders), bool), np.zeros(twice.sum(), bool)])
    canonical = np.concatenate([np.arange(len(holders)), np.flatnonzero(twice)])
    absorbs[canonical[merged]] = True
    ids = keys(TABLE, block, len(person))
    absorbed = np.zeros(len(person), np.int64)
    absorbed[canonical[merged]] = ids[merged]

    other = np.where(is_second | (rng.random(len(person)) < 0.05), people.email_slots[person] - 1, 0)
    main = people.email(person)
    created = rng.integers(_FIRST_DAY, _LAST_DAY - 30 * DAY, len(person))
    names_known = rng.random(len(person)) < 0.8
    remembers = (other > 0) & (rng.random(len(person)) < 0.92)
    rows = pa.table(
        {
            "_fivetran_deleted": merged,
            "_fivetran_synced": moment(synced_after(created + rng.integers(DAY, 25 * DAY, len(person)))),
            "property_email": typed_email(rng, people.email(person, other), typo_share=0.003),
            "id": ids,
            "property_firstname": where(names_known, people.first.take(pa.array(person)), ""),
            "property_lastname": where(names_known, people.last.take(pa.array(person)), ""),
            "property_email_1": where(remembers, main, ""),
            "property_createdate": moment(created),
            "property_jobtitle": pick(["", "Manager", "Teacher", "Nurse"], rng.choice(4, len(person), p=[0.85, 0.05, 0.05, 0.05])),
            "property_hs_merged_object_ids": where(absorbs, number(absorbed), ""),
        }
    )  # fmt: skip
    live = ~merged
    truth.records(TABLE, number(ids[live]), people.ids.take(pa.array(person[live])))
    truth.soft_deleted[TABLE] += int(merged.sum())

    def nameless(old: pa.Table) -> dict:
        return {"property_jobtitle": pa.repeat("", old.num_rows)}

    rows = as_text(mess.twice(TABLE, mess.earlier(TABLE, rows, nameless)))
    if block == 0:
        rows = pa.concat_tables([rows, *_bad_contacts(mess, rows)])
    raw.csv(TABLE, f"contact_{block:03}", rows, bom=True)
    _write_merges(raw, block, people, person, ids, canonical, merged, created)
    _write_members(raw, mess, block, ids[live], created[live])


def write_lists(raw: Raw) -> None:
    """Write the lists that contacts are members of."""
    at = np.arange(len(_LISTS))
    synced = moment(np.full(len(at), _LAST_DAY))
    rows = pa.table(
        {
            "id": _LIST_KEY + at,
            "_fivetran_deleted": at == len(_LISTS) - 1,
            "_fivetran_synced": synced,
            "created_at": moment(np.full(len(at), _FIRST_DAY)),
            "updated_at": moment(np.full(len(at), _LAST_DAY - DAY)),
            "name": _LISTS,
            "processing_type": pick(["DYNAMIC", "MANUAL"], at % 2),
        }
    )
    raw.parquet("hubspot.contact_list", "contact_list", rows)


def _write_merges(raw: Raw, block: int, people: People, person, ids, canonical, merged, created) -> None:
    at = np.flatnonzero(merged)
    when = created[at] + 20 * DAY
    rows = pa.table(
        {
            "canonical_vid": ids[canonical[at]],
            "contact_id": ids[canonical[at]],
            "vid_to_merge": ids[at],
            "_fivetran_synced": moment(synced_after(when)),
            "first_name": people.first.take(pa.array(person[at])),
            "last_name": people.last.take(pa.array(person[at])),
            "num_properties_moved": np.full(len(at), 3),
            "timestamp": moment(when),
        }
    )
    raw.parquet("hubspot.contact_merge_audit", f"contact_merge_audit_{block:03}", rows)


def _write_members(raw: Raw, mess: Mess, block: int, ids: np.ndarray, created: np.ndarray) -> None:
    """A contact is on up to two lists; those who left one are soft deleted."""
    rng = mess.rng
    table = "hubspot.contact_list_member"
    lists = rng.integers(0, len(_LISTS), len(ids))
    at = np.concatenate([np.flatnonzero(rng.random(len(ids)) < 0.7), np.flatnonzero(rng.random(len(ids)) < 0.2)])
    which = np.where(np.arange(len(at)) < len(np.unique(at)), 0, 1)
    first = np.concatenate([[True], np.diff(at) > 0]) if len(at) else np.zeros(0, bool)
    step = np.cumsum(~first) > 0  # the second round of lists
    left = rng.random(len(at)) < 0.05
    rows = pa.table(
        {
            "contact_id": ids[at],
            "contact_list_id": _LIST_KEY + (lists[at] + (step | (which > 0))) % len(_LISTS),
            "_fivetran_deleted": left,
            "_fivetran_synced": moment(synced_after(created[at] + DAY)),
            "added_at": moment(created[at] + DAY),
        }
    )
    mess.truth.soft_deleted[table] += int(left.sum())
    raw.parquet(table, f"contact_list_member_{block:03}", mess.twice(table, rows))


def _bad_contacts(mess: Mess, rows: pa.Table) -> list[pa.Table]:
    """Copies of contacts without e-mail, each kind with one defect."""
    size = mess.handful()
    broken = []
    for kind, (reason, column, value) in enumerate(
        (("key_missing", "id", ""), ("not_a_timestamp", "property_createdate", "31/02/2026"))
    ):
        copies = rows.slice(kind * size, size)
        fresh = number(keys(TABLE, 0, copies.num_rows, BROKEN + kind * size))
        copies = replaced(copies, {"id": fresh, "property_email": pa.repeat("", copies.num_rows)})
        broken.append(mess.broken(TABLE, reason, copies, {column: pa.repeat(value, copies.num_rows)}))
    return broken
