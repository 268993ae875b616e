"""From profiles to links: block, compare, score, and keep what may be one person."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from splink import Linker

from orchestration.fuzzy.blocks import Blocks, block
from orchestration.fuzzy.comparisons import FINDINGS
from orchestration.fuzzy.engines import scratch, splink_on
from orchestration.fuzzy.settings import findings, settings
from orchestration.warehouse import Warehouse

PROFILES = "intermediate.int_identity__fuzzy_profiles"
LINKS = "matching.fuzzy_links"
FLOOR = 0.01  # less likely pairs are not kept; the thresholds of dbt_project.yml lie above


@dataclass(frozen=True)
class Scored:
    """What a scoring run did, in numbers."""

    profiles: int
    blocks: Blocks
    links: int  # pairs above the floor
    seconds: float


def score(warehouse: Warehouse, profiles: str = PROFILES, links: str = LINKS) -> Scored:
    """Writes the table `links` anew from the table `profiles` (see int_identity__fuzzy_profiles.yml): one row per pair, in
    the columns of the source `matching`."""
    started = time.monotonic()
    schema = links.split(".")[0]
    warehouse.execute(f"create schema if not exists {schema}")
    with scratch(warehouse) as home:
        warehouse.execute(_compared(f"{home}{profiles}"))
        ((number,),) = warehouse.query("select count(*) from compared")
        blocks = block(warehouse, "compared", "pairs")
        scored = _predict(warehouse, number)
        warehouse.execute(f"create table links as {_links(scored)}")
        warehouse.execute(f"drop table if exists {home}{links}")
        warehouse.execute(f"create table {home}{links} as select * from links")
        ((kept,),) = warehouse.query("select count(*) from links")
    return Scored(number, blocks, kept, time.monotonic() - started)


def _compared(profiles: str) -> str:
    """The profiles as they are compared."""
    return f"""
        create table compared as
        select
            profiles.profile_id,
            profiles.given_name,
            bearers.given_name_bearers,
            profiles.family_name,
            profiles.other_family_name,
            replace(cast(profiles.birth_date as string), '-', '') as birth_date,
            profiles.email,
            profiles.other_email,
            profiles.phone,
            profiles.street,
            profiles.city,
            profiles.postal_code,
            profiles.street || '|' || coalesce(profiles.postal_code, profiles.city) as address,
            profiles.other_street || '|' || coalesce(profiles.other_postal_code, profiles.other_city) as other_address,
            profiles.national_id
        from {profiles} as profiles
        left join (select given_name, count(*) as given_name_bearers from {profiles} group by given_name) as bearers
            on profiles.given_name = bearers.given_name
    """


def _predict(warehouse: Warehouse, profiles: int) -> str:
    """Scores `pairs`; the name of Splink's table of them."""
    splink = splink_on(warehouse)
    linker = Linker(splink.register("compared"), settings(profiles), log_level=logging.ERROR)
    linker.table_management.register_blocked_pairs_for_predict(splink.register("pairs"))
    return linker.inference.predict(threshold_match_probability=FLOOR, warning_mode="never").physical_name


def _links(scored: str) -> str:
    """Each pair with its probability, and a word for what was found about each field."""
    words = ", ".join(f"{_word(field)} as {field}" for field in FINDINGS)
    return f"""
        select profile_id_l as record_a, profile_id_r as record_b, round(match_probability, 6) as probability, {words}
        from {scored}
    """


def _word(field: str) -> str:
    cases = " ".join(
        f"when {number} then '{word}'"
        for number, word in zip([*range(len(findings(field)) - 1), -1], findings(field), strict=True)
    )
    return f"case gamma_{field} {cases} end"
