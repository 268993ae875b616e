"""Who is one person: however the rows come, whatever they are called, and whoever else there is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from identity_sql import IdentitySql, Row, compile_identity, union_find

WORLDS = 9  # as many examples in one: they share no value, and a run costs its planning, whatever its rows
BLOCKED = "guest@guest.com"
Override = tuple[str, str, str]
NO_LIMITS = {"max_records": None, "max_values_per_customer": None, "max_people": None}
NARROW = {"max_values_per_customer": 2, "max_people": 3}
PERMISSIVE = {name: NO_LIMITS for name in ("email", "phone", "loyalty_number", "shop_customer_id", "order")}
GUARDED = {name: NARROW for name in PERMISSIVE}
CAPPED = {name: NARROW | {"max_records": 3} for name in PERMISSIVE}
TYPES = {
    "email": "email", "second_email": "email", "phone": "phone", "loyalty_number": "loyalty_number",
    "shop_customer_id": "shop_customer_id", "order_reference": "order",
}  # fmt: skip
KEYS = ("source_system", "source_table", "source_key")
IN_CI = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IdentitySql]:
    with closing(compile_identity(tmp_path_factory.mktemp("identity"))) as opened:
        yield opened


def tables(is_named: bool) -> tuple[str, ...]:
    """Devices tie nobody, so they stand only where everything may."""
    anonymous = ("shopify.customer", "shopify.order", "pos.receipt", "hubspot.contact")
    return (*anonymous, "segment.identifies") if is_named else anonymous


def says(world: int, is_named: bool) -> st.SearchStrategy[Row]:
    """What a row says about one of few people, who own few things between them."""
    email = one_of(f"a@{world}.example", f"b@{world}.example", f"c@{world}.example")
    about = {
        "email": email | st.just(BLOCKED) if is_named else email,
        "phone": one_of(f"+44770090{world}101", f"+44770090{world}102"),
        "loyalty_number": one_of(f"L{world}1", f"L{world}2"),
        "shop_customer_id": one_of(f"{world}0", f"{world}1"),
        "order_reference": one_of(f"{world}1", f"{world}2"),
        "seen": st.tuples(st.integers(2018, 2024), st.integers(2018, 2024)).map(sorted),
    }
    person = {
        "first_name": one_of("Anna", "Ann", "Tom", "Tim"),
        "last_name": one_of("Lee", "Ray"),
        "birth_date": one_of(date(1960, 1, 1), date(1960, 1, 10), date(1999, 12, 31)),
    }
    return st.fixed_dictionaries(about | person if is_named else about).map(dated)


def one_of(*values):
    return st.sampled_from([None, *values])


def dated(row: Row) -> Row:
    first, last = row["seen"]
    times = {"first_seen_at": datetime(first, 1, 1), "observed_at": datetime(last, 1, 1)}
    return {name: value for name, value in row.items() if name != "seen"} | times


@st.composite
def rows(draw, world: int, is_named: bool) -> Row:
    """A row of a source: accounts speak of themselves, orders of an account or of a guest, sign-ins of a device."""
    table = draw(st.sampled_from(tables(is_named)))
    system, name = table.split(".")
    key = f"{world}{draw(st.integers(0, 5))}"
    source = {"source_system": system, "source_table": name, "source_key": key}
    return source | {"record_key": draw(speaks_of(source))} | draw(says(world, is_named))


def speaks_of(row: Row) -> st.SearchStrategy[str]:
    """The source record that a row may speak of."""
    own, world = f"{row['source_system']}.{row['source_table']}:{row['source_key']}", row["source_key"][0]
    others = {
        "order": [own, f"shopify.customer:{world}0", f"shopify.customer:{world}1"],
        "identifies": [f"segment.device:{world}0", f"segment.device:{world}1"],
    }
    return st.sampled_from(others.get(row["source_table"], [own]))


def key_of(row: Row) -> tuple:
    return tuple(row[name] for name in KEYS)


def worlds(is_named: bool, max_size: int = 8) -> st.SearchStrategy[tuple[list[Row], ...]]:
    """Rows of worlds that share no value. A source has one row of a key."""
    return st.tuples(
        *(st.lists(rows(w, is_named), max_size=max_size, unique_by=key_of) for w in range(1, WORLDS + 1))
    )


@dataclass(frozen=True)
class Run:
    """What the sources have, what people have decided, who is alike, and the models with which tries were killed."""

    rows: list[Row]
    overrides: list[Override]
    alike: list[tuple[str, str]]
    killed_at: list[str]
    is_full: bool


@st.composite
def deliveries(draw, only_grows: bool) -> list[Run]:
    """Runs on rows that come late, again and in any order; unless they only grow, they are also corrected and withdrawn."""
    runs = draw(st.sampled_from([2, 3, 7]))
    days = st.integers(0, runs - 1)
    said: list[list[Row]] = [[] for _ in range(runs)]
    decided: list[list[Override]] = [[] for _ in range(runs)]
    alike: list[list[tuple[str, str]]] = [[] for _ in range(runs)]
    for number, world in enumerate(draw(worlds(is_named=True)), start=1):
        for row in world:
            if only_grows:
                history = [None] * draw(days) + [row] * runs
            else:
                draft = dict(row) | draw(says(number, is_named=True))
                draft["record_key"] = draw(speaks_of(row))
                said_now = st.sampled_from([row, None, draft])
                changes = [0, *sorted(draw(st.lists(days, max_size=runs))), runs]
                history = [
                    version
                    for since, until in pairwise(changes)
                    for version in [draw(said_now)] * (until - since)
                ]
            for day, version in zip(range(runs), history, strict=False):
                if version:
                    said[day].append(version)
        records = sorted({row["record_key"] for row in world})
        for a, b in draw(pairs(records)):
            first, last = sorted([draw(days), draw(days)])
            for day in range(first, last + 1):
                alike[day].append((a, b))
        for a, b in draw(pairs(records)):
            decision, first, last = draw(st.tuples(st.sampled_from(["not_same", "same"]), days, days))
            for day in range(first, last + 1) if a < b else ():
                decided[day].append((a, b, decision))
    tries = st.lists(st.lists(st.sampled_from(KILLS), max_size=2), min_size=runs, max_size=runs)
    full = st.lists(st.booleans(), min_size=runs, max_size=runs)
    order = draw(st.randoms(use_true_random=False))
    return [
        Run(order.sample(rows, len(rows)), *rest)
        for rows, *rest in zip(said, decided, alike, draw(tries), draw(full), strict=True)
    ]


def pairs(records: list[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
    one = st.sampled_from(records) if records else st.nothing()
    return st.lists(st.tuples(one, one), max_size=2 if records else 0)


KILLS = (
    "int_identity__normalised_sightings", "int_identity__changed_records", "int_identity__islands", "int_identity__identifier_values",
    "int_identity__matched_records", "int_identity__profiles", "int_identity__registry", "int_identity__settled_records",
)  # fmt: skip


def connected(rows: Iterable[Row]) -> set[frozenset[str]]:
    """Records that share values, in ten lines."""
    edges = [
        (row["record_key"], (TYPES[column], row[column]) if column else row["record_key"])
        for row in rows
        for column in (None, *TYPES)
        if column is None or row.get(column)
    ]
    numbers = {node: number for number, node in enumerate({node for edge in edges for node in edge})}
    component = union_find((numbers[a], numbers[b]) for a, b in edges)
    groups = defaultdict(set)
    for record, _ in edges:
        groups[component[numbers[record]]].add(record)
    return {frozenset(group) for group in groups.values()}


@settings(IN_CI, max_examples=20)
@given(worlds(is_named=False), st.randoms(use_true_random=False))
def test_without_guards_customers_are_the_connected_records(identity, worlds, order):
    """In any order of rows; and what comes later splits nobody."""
    rows = [row for world in worlds for row in world]
    rows = order.sample(rows, len(rows))
    identity.reset(PERMISSIVE).run(rows[: len(rows) // 2])
    before = identity.partition()
    assert before == connected(rows[: len(rows) // 2])
    identity.run(rows)
    assert identity.partition() == connected(rows)
    assert all(any(group <= grown for grown in identity.partition()) for group in before)


def resolved(identity: IdentitySql) -> tuple:
    """Who is with whom, tied by what, and what the guards tell, whatever the ids."""
    ties = identity.query(
        "select record_id, matched_by, guard from {int_identity__grouped_records} order by all"
    )
    audit = identity.query(
        "select guard, identifier_type, identifier_value, record_key, records, customers from {identity_audit} order by all"
    )
    profiles = identity.query("""
        select * exclude (resolution) from {int_identity__profiles}
        where coalesce(given_name, family_name, email, phone, country_code) is not null order by all
    """)
    return identity.partition(), ties, audit, profiles


@dataclass
class Ledger:
    """All ids that were ever given, held against what the layer says of them after each run."""

    customers: Mapping[str, str]
    given: set[str]
    retired: set[str]

    def check(self, identity: IdentitySql, rows: Iterable[Row]) -> None:
        """Every record has one customer, and whose id changed has a row that says so; no id that retired is given again."""
        resolved = identity.query(
            "select count(*), count(distinct record_id) from {int_identity__resolved_records}"
        )
        customers = identity.customers()
        assert resolved == [(len(customers), len(customers))]
        records = {row["record_key"] for row in rows}
        devices = {record for record in records if record.startswith("segment.device:")}
        assert records - devices <= set(customers) <= records, "a device may be nobody's, or of too many"

        told = set(identity.query("""
            select former_customer_id, customer_id from {int_identity__moves}
            where run = (select max(run) from {int_identity__registry})
        """))  # fmt: skip
        assert {
            (former, customers[record])
            for record, former in self.customers.items()
            if record in customers and customers[record] != former
        } <= told
        redirects = dict(
            identity.query("select retired_customer_id, customer_id from {customer_id_redirects}")
        )
        alive = set(customers.values())
        assert not alive & (self.retired | set(redirects))
        assert not set(redirects) & set(redirects.values()), (
            "a redirect leads to a customer, not to another redirect"
        )
        known = identity.query(
            "select max_by(customer_id, run) from {int_identity__registry} group by record_id"
        )
        assert self.given | alive <= set(redirects) | {customer for (customer,) in known}
        self.customers = dict(self.customers) | customers
        self.given |= alive
        self.retired |= set(redirects)


@pytest.mark.parametrize(
    ("rules", "only_grows"), [(CAPPED, True), (GUARDED, False)], ids=["capped", "corrected"]
)
def test_runs_on_what_is_new_end_where_one_run_on_everything_does(identity, rules, only_grows):
    """With every guard on, and each id accounted for. A value once on too many records stays out, so under a cap rows only come."""

    @settings(IN_CI, max_examples=10)
    @given(deliveries(only_grows))
    def holds(runs: list[Run]) -> None:
        identity.reset(rules)
        ledger = Ledger({}, set(), set())
        for run in runs:
            now = (run.rows, run.overrides, run.alike)
            for model in run.killed_at:
                identity.run(*now, until=model, full_refresh=run.is_full)
            identity.run(*now)
            ledger.check(identity, run.rows)
        in_parts = resolved(identity)
        identity.reset(rules).run(runs[-1].rows, runs[-1].overrides, runs[-1].alike)
        assert in_parts == resolved(identity)

    holds()


def renamed(row: Row) -> Row:
    """The row with other e-mails and phones, one for one, that come in another order."""
    email = {"a": "zoe", "b": "kim", "c": "ann"}
    return dict(row) | {
        column: email[row[column][0]] + row[column][1:]
        for column in ("email", "second_email")
        if row.get(column) and row[column] != BLOCKED
    } | ({"phone": f"+4930{99_999_999 - int(row['phone'][-7:])}"} if row.get("phone") else {})  # fmt: skip


@settings(IN_CI, max_examples=10)
@given(worlds(is_named=True), st.randoms(use_true_random=False))
def test_neither_what_people_are_called_nor_strangers_nor_order_matter(identity, worlds, order):
    some = [row for world in worlds[:4] for row in world]
    everybody = [renamed(row) for world in worlds for row in world]
    identity.reset(GUARDED).run(some)
    before = identity.partition()
    identity.reset(GUARDED).run(order.sample(everybody, len(everybody)))
    records = {row["record_key"] for row in some}
    assert {group for group in identity.partition() if group & records} == before
