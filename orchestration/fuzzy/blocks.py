"""Which profiles are compared at all: those that share a block. A block is narrow, or it is skipped and said so."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.fuzzy.comparisons import numbers_in
from orchestration.warehouse import Warehouse

LARGEST = 100  # profiles: 4,950 pairs

_BORN = "birth_date || '|' || "
_NAME = "given_name || '|' || family_name || '|' || "

# What two profiles of one person have in common even if something else is misspelt, missing or has changed.
RULES: dict[str, list[str]] = {
    "birth date and given name": [_BORN + "given_name"],
    "birth date and family name": [_BORN + "family_name", _BORN + "other_family_name"],
    # crosswise too
    "birth date and initials": [
        _BORN
        + "least(left(given_name, 1), left(family_name, 1)) || greatest(left(given_name, 1), left(family_name, 1))"
    ],
    "birth date and postal code": [_BORN + "postal_code"],
    "name and postal code": [_NAME + "postal_code"],
    "name and year of birth": [_NAME + "left(birth_date, 4)"],
    "name and day of birth": [_NAME + "right(birth_date, 4)"],
    "family name and street": ["family_name || '|' || street"],
    "address": ["address", "other_address"],
    "e-mail name": ["split_part(email, '@', 1)", "split_part(other_email, '@', 1)"],
    "name and number in the e-mail": [
        f"case when length({numbers_in(email)}) >= 2 then {_NAME}{numbers_in(email)} end"
        for email in ("email", "other_email")
    ],
    "phone": ["phone"],
    "national id": ["national_id"],
}


@dataclass(frozen=True)
class Blocks:
    """How the comparing was narrowed down; counts only."""

    pairs: int
    largest: int  # profiles in the largest block that was compared
    skipped: dict[str, int]  # blocks that were too large, by rule


def block(warehouse: Warehouse, compared: str, pairs: str) -> Blocks:
    """Writes each pair of profiles of `compared` that shares a block into `pairs` once: join_key_l < join_key_r, match_key."""
    found, largest, skipped = [], 0, {}
    for number, (rule, keys) in enumerate(RULES.items()):
        keyed = " union ".join(f"select profile_id, {key} as block from {compared}" for key in keys)
        members = f"{pairs}_{number}"
        warehouse.execute(
            f"""
            create table {members} as
            select keyed.profile_id, keyed.block, sizes.profiles
            from ({keyed}) as keyed
            inner join (select block, count(*) as profiles from ({keyed}) as k where block is not null group by block) as sizes
                on keyed.block = sizes.block and sizes.profiles > 1
            """
        )
        ((most, too_large),) = warehouse.query(
            f"""
            select
                coalesce(max(profiles) filter (where profiles <= {LARGEST}), 0),
                count(distinct block) filter (where profiles > {LARGEST})
            from {members}
            """
        )
        largest = max(largest, most)
        if too_large:
            skipped[rule] = too_large
        found.append(
            f"""
            select a.profile_id as join_key_l, b.profile_id as join_key_r
            from {members} as a
            inner join {members} as b on a.block = b.block and a.profile_id < b.profile_id
            where a.profiles <= {LARGEST}
            """
        )
    union = " union ".join(found)
    warehouse.execute(
        f"create table {pairs} as select join_key_l, join_key_r, '0' as match_key from ({union}) as found"
    )
    return Blocks(warehouse.query(f"select count(*) from {pairs}")[0][0], largest, skipped)
