"""Who is who and what says so, as a publication tells it; what only the work file knows is asked there. All read-only."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple, Self

from orchestration.artefact import text
from orchestration.publish import ALIAS, FILES
from orchestration.warehouse import DuckDBWarehouse, Paths

RECORDS_OF_BOTH = """
    with
    records as (
        select
            record_id,
            source_system || '.' || source_table || ':' || source_key as record_key,
            customer_id
        from intermediate.int_identity__resolved_records
        where customer_id in (?, ?)
    )"""


class NoEvidence(RuntimeError):
    """There is nothing to read the answer from, or nobody of that name in it."""


class Record(NamedTuple):
    """A source record, which is written system.table:key."""

    system: str
    table: str
    key: str

    @classmethod
    def parse(cls, written: str) -> Self | None:
        """The record that is written so; None when it is not the way to write one."""
        source, colon, key = written.partition(":")
        system, dot, table = source.partition(".")
        return cls(system, table, key) if colon and dot and key else None

    def __str__(self) -> str:
        return f"{self.system}.{self.table}:{self.key}"


class Tie(NamedTuple):
    """A record and an identifier that ties it to other records of its customer."""

    record: Record
    type: str
    value: str


class Shared(NamedTuple):
    """An identifier on records of two customers, and which guard keeps it from tying them; '' when none is on record."""

    type: str
    value: str
    guard: str


class Guarded(NamedTuple):
    """A record that a guard took out of its group."""

    record: str
    guard: str


class Comparison(NamedTuple):
    """What the scoring step made of two customers: in the evidence a word per field, never its value."""

    probability: float
    decision: str
    reason: str
    evidence: str


class Ruling(NamedTuple):
    """What a person decided about two records: a row of seeds/identity_overrides.csv."""

    first: str
    second: str
    comment: str


class Evidence:
    """Questions to an open file or pair of files whose schemas `restricted` and `marts` are on the search path."""

    def __init__(self, db: DuckDBWarehouse, origin: str) -> None:
        self._db, self.origin = db, origin

    def customer_of(self, record: Record) -> str | None:
        """The customer that a record belongs to; None when there is no such record."""
        found = self._ask(
            "select customer_id from customer_identities where (source_system, source_table, source_key) = (?, ?, ?)",
            *record,
        )
        return found[0][0] if found else None

    def records(self, customer: str) -> list[Record]:
        """Every record of a customer, by system; empty when nobody has that id."""
        rows = self._ask(
            "select source_system, source_table, source_key from customer_identities where customer_id = ? order by all",
            customer,
        )
        return [Record(*row) for row in rows]

    def ties(self, customer: str) -> list[Tie]:
        """What ties the records of a customer, in a fixed order."""
        rows = self._ask(
            "select source_system, source_table, source_key, identifier_type, identifier_value from identity_links "
            "where customer_id = ? order by all",
            customer,
        )
        return [Tie(Record(*row[:3]), *row[3:]) for row in rows]

    def successor(self, customer: str) -> tuple[str, date] | None:
        """The customer that a retired id was merged into, and when; None when the id is not retired."""
        found = self._ask(
            "select customer_id, retired_date from customer_id_redirects where retired_customer_id = ?",
            customer,
        )
        return found[0] if found else None

    def tables(self) -> list[str]:
        """The raw tables whose rows are records, as system.table."""
        rows = self._ask(
            "select distinct source_system || '.' || source_table from customer_identities order by all"
        )
        return [table for (table,) in rows]

    def _ask(self, question: str, *values: str) -> list[tuple[Any, ...]]:
        return self._db.connection.execute(question, values).fetchall()


@contextmanager
def open_evidence(paths: Paths) -> Iterator[Evidence]:
    """The current publication; or the work file, as long as nothing is published.

    Raises `NoEvidence` when neither is there or the publication is older than this question, `WarehouseBusy` when it takes
    the work file and another process holds that.
    """
    published = (paths.serving / "current").resolve()
    file = published / FILES["restricted"] if published.is_dir() else paths.warehouse
    if not file.is_file():
        raise NoEvidence(f"nothing is built in {paths.root}: run the build first")
    with DuckDBWarehouse(file, read_only=True) as db:
        marts = file
        if published.is_dir():
            marts = published / ALIAS
            db.execute(f"attach {text(marts)} (read_only)")
        db.execute(f"set search_path = {text(f'{file.stem}.restricted,{marts.stem}.marts')}")
        if not db.query("from duckdb_tables() where table_name = 'identity_links'"):
            raise NoEvidence(f"{file} was made before the identity layer kept its links: build again")
        yield Evidence(db, published.name if published.is_dir() else "the work file")


def rulings(work: DuckDBWarehouse, first: str, second: str) -> list[Ruling]:
    """By which rows of identity_overrides a person holds two customers apart."""
    question = """
        select overrides.record_a, overrides.record_b, overrides.comment
        from seeds.identity_overrides as overrides
        inner join records as a on overrides.record_a = a.record_key
        inner join records as b on overrides.record_b = b.record_key
        where overrides.decision = 'not_same' and a.customer_id <> b.customer_id
        order by all"""
    return [Ruling(*row) for row in _ask_of_both(work, question, first, second)]


def shared_identifiers(work: DuckDBWarehouse, first: str, second: str) -> list[Shared]:
    """The identifiers on records of both customers, none of which ties them, each with the guard that says why."""
    question = """
        select identifier_type, identifier_value, coalesce(min(guard), '')
        from (
            select identifier_type, identifier_value
            from intermediate.int_identity__identifiers
            inner join records using (record_id)
            group by all
            having count(distinct customer_id) = 2
        )
        left join restricted.identity_audit using (identifier_type, identifier_value)
        group by all
        order by all"""
    return [Shared(*row) for row in _ask_of_both(work, question, first, second)]


def guarded_records(work: DuckDBWarehouse, first: str, second: str) -> list[Guarded]:
    """Which of their records a guard took out of a group: devices of several people, groups that contradict themselves."""
    question = """
        select record_key, guard
        from restricted.identity_audit
        inner join records using (record_key)
        order by all"""
    return [Guarded(*row) for row in _ask_of_both(work, question, first, second)]


def comparisons(work: DuckDBWarehouse, first: str, second: str) -> list[Comparison]:
    """How alike the scoring step found the groups of records of two customers, the likeliest pair first."""
    question = """
        select probability::double, decision, coalesce(reason, ''), evidence
        from intermediate.int_identity__fuzzy_links as links
        inner join records as a on links.record_a = a.record_id
        inner join records as b on links.record_b = b.record_id
        where a.customer_id <> b.customer_id
        order by all desc"""
    return [Comparison(*row) for row in _ask_of_both(work, question, first, second)]


def _ask_of_both(work: DuckDBWarehouse, question: str, *customers: str) -> list[tuple[Any, ...]]:
    """A question over `records`: those of two customers, by number, name and customer."""
    return work.connection.execute(RECORDS_OF_BOTH + question, customers).fetchall()
