"""Consent as the marts tell it, against what the people of `make demo` truly allow on its last day."""

import json

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from orchestration.demo.calendar import END
from orchestration.demo.catalogue import draw_catalogue
from orchestration.demo.consents import draw_consents
from orchestration.demo.effects import read_effects
from orchestration.demo.lives import PURPOSES, draw_lives
from orchestration.demo.people import draw_people
from orchestration.demo.retailer import BLOCK
from orchestration.demo.streams import stream
from orchestration.warehouse import Paths

OF_PURPOSE = {  # purpose and channel in customer_consents
    "email_marketing": ("marketing", "email"),
    "sms_marketing": ("marketing", "sms"),
    "advertising": ("advertising", "any"),
    "profiling": ("profiling", "any"),
}


def true_consents(customers: int, seed: int) -> pa.Table:
    """Whether each person of the demo ever granted each purpose, and whether they allow it at the end; drawn as the demo draws it."""
    effects, catalogue, parts = read_effects(), draw_catalogue(seed), []
    for block, first in enumerate(range(0, customers, BLOCK)):
        people = draw_people(seed, block, first, min(BLOCK, customers - first), effects)
        lives = draw_lives(stream(seed, "lives", block), people, catalogue, effects)
        consents = draw_consents(stream(seed, "consents", block), lives, effects)
        for at, name in enumerate(PURPOSES):
            purpose, channel = OF_PURPOSE[name]
            parts.append(
                pa.table(
                    {
                        "person_id": people.ids,
                        "purpose": pa.repeat(purpose, len(people)),
                        "channel": pa.repeat(channel, len(people)),
                        "has_withdrawn": consents.withdrawn[at] < END,
                        "allows": consents.allows(at, np.arange(len(people)), END - 1),
                    }
                )
            )
    return pa.concat_tables(parts)


@pytest.fixture(scope="module")
def told(demo: Paths):
    """A connection with `told`: per person, purpose and channel the truth, and what the marts say of any of their customers.

    Hard to know are those who changed or share an address or number, or are more than one customer: what such a person withdraws may be
    said of an identifier that no record of the other customer has.
    """
    planted = json.loads((demo.root / "truth" / "planted.json").read_text())
    truth = true_consents(planted["customers"], planted["seed"])
    with duckdb.connect(str(demo.warehouse), read_only=True) as connection:
        connection.register("truth", truth)
        connection.execute(
            f"""
            create temp table told as
            with customers_of as (
                select distinct person_id, customer_id
                from '{demo.root}/truth/record_persons.parquet'
                inner join marts.customer_identities using (source_system, source_table, source_key)
            )
            select
                person_id, purpose, channel, has_withdrawn, allows,
                coalesce(bool_or(is_granted), false) as is_granted,
                coalesce(bool_or(not is_granted), false) as is_refused,
                count(distinct customer_id) > 1 or any_value(
                    coalesce(renamed_date, phone_lost_date, phone_got_date) is not null
                    or person_id in (select unnest([person_id, shares_with]) from '{demo.root}/truth/people.parquet'
                        where shares_with is not null)
                ) as is_hard_to_know
            from truth
            inner join customers_of using (person_id)
            inner join '{demo.root}/truth/people.parquet' using (person_id)
            left join marts.customer_consents using (customer_id, purpose, channel)
            group by all
            """
        )
        yield connection


def test_nobody_who_took_consent_back_is_shown_as_willing(told):
    withdrawn, willing = told.execute(
        """
        select count(*), count(*) filter (is_granted) from told
        where has_withdrawn and not allows and not is_hard_to_know
        """
    ).fetchall()[0]
    assert withdrawn > 500
    assert willing == 0


def test_a_withdrawal_seldom_misses_those_who_are_hard_to_know(told):
    withdrawn, willing = told.execute(
        "select count(*), count(*) filter (is_granted) from told where has_withdrawn and not allows"
    ).fetchall()[0]
    assert willing <= 0.02 * withdrawn


def test_who_never_said_yes_is_not_shown_as_willing(told):
    assert told.execute(
        "select count(*) from told where not has_withdrawn and not allows and is_granted and not is_hard_to_know"
    ).fetchall() == [(0,)]


def test_to_be_careful_costs_few_of_those_who_are_willing(told):
    for purpose, channel, allow, granted in told.execute(
        "select purpose, channel, count(*), count(*) filter (is_granted) from told where allows group by all"
    ).fetchall():
        assert granted > 0.9 * allow, f"{purpose} {channel}"


def test_the_flags_of_customers_are_the_consents(demo):
    with duckdb.connect(str(demo.warehouse), read_only=True) as connection:
        assert (
            connection.execute(
                """
            select customer_id from marts.customers
            where consents_to_email <> exists (
                select 1 from marts.customer_consents
                where customer_consents.customer_id = customers.customer_id and channel = 'email' and is_granted
            )
            """
            ).fetchall()
            == []
        )
