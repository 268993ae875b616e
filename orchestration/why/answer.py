"""What ties two records or parts them: the shortest way from one to the other over identifiers."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import groupby, pairwise

import networkx

from orchestration.warehouse import DuckDBWarehouse, Paths, WarehouseBusy
from orchestration.why.evidence import (
    Evidence,
    NoEvidence,
    Record,
    Tie,
    comparisons,
    guarded_records,
    open_evidence,
    rulings,
    shared_identifiers,
)
from orchestration.why.words import GUARDS, Values, common, identifier, listed, named, rank


def why(paths: Paths, first: str, second: str = "", values: Values = "masked") -> list[str]:
    """What ties two records, or all records of one customer (given by its id, or by one of its records), line by line.

    `values` says what becomes of identifiers, which are personal data. Raises `NoEvidence` when nothing is built, or when
    nobody is called that.
    """
    with open_evidence(paths) as evidence:
        if second in ("", first):
            return list(_customer(evidence, first, values))
        a, b = _record(evidence, first), _record(evidence, second)
        customers = _customer_of(evidence, a), _customer_of(evidence, b)
        if customers[0] == customers[1]:
            return list(_together(evidence, customers[0], a, b, values))
    told = f"{named(a)} (customer {customers[0]}) and {named(b)} (customer {customers[1]}) are two customers."
    return [told, *_apart(paths, *customers, values)]


def shortest_path(ties: Iterable[Tie], start: Record, end: Record) -> list[Record]:
    """The fewest records that lead from one to the other, each sharing an identifier with the next; empty when none do."""
    graph = networkx.Graph((tie.record, (tie.type, tie.value)) for tie in ties)
    try:
        return networkx.shortest_path(graph, start, end)[::2]  # every other node is an identifier
    except (networkx.NetworkXNoPath, networkx.NodeNotFound):
        return []


def _together(evidence: Evidence, customer: str, a: Record, b: Record, values: Values) -> Iterator[str]:
    ties = evidence.ties(customer)
    path = shortest_path(ties, a, b)
    yield f"{named(a)} and {named(b)} are one customer ({customer})" + (":" if path else ".")
    carried: dict[Record, set[tuple[str, str]]] = {}
    for tie in ties:
        carried.setdefault(tie.record, set()).add((tie.type, tie.value))
    for one, other in pairwise(path):
        yield f"  {named(one)} and {named(other)} {common(carried[one] & carried[other], values)}"
    if not path:
        yield "  No identifier that is in use today leads from one to the other; identity_changes says when they were joined."


def _customer(evidence: Evidence, asked: str, values: Values) -> Iterator[str]:
    record = Record.parse(asked)
    customer = _customer_of(evidence, _record(evidence, asked)) if record else asked
    while successor := evidence.successor(customer):
        yield f"Customer {customer} was merged into {successor[0]} on {successor[1]}."
        customer = successor[0]
    records = evidence.records(customer)
    if not records:
        raise NoEvidence(
            f"{evidence.origin} has no customer {asked}; a record is written system.table:key, such as loyalty.member:M5"
        )
    yield f"Customer {customer} has {len(records):,} record{'s' if len(records) > 1 else ''}:"
    ties = sorted(evidence.ties(customer), key=lambda tie: (rank(tie.type), tie.value))
    for (kind, value), group in groupby(ties, key=lambda tie: (tie.type, tie.value)):
        tied = [tie.record for tie in group]
        yield f"  {listed(tied)} {common({(kind, value)}, values, len(tied))}"
    if alone := set(records) - {tie.record for tie in ties}:
        yield f"  {listed(sorted(alone))}: shares no identifier in use"


def _apart(paths: Paths, first: str, second: str, values: Values) -> Iterator[str]:
    """What keeps two customers apart: only the work file holds identifiers that tie nothing."""
    if not paths.warehouse.is_file():
        yield "  What they have in common without being tied by it lies in the work file, which is not there."
        return
    try:
        with DuckDBWarehouse(paths.warehouse, read_only=True) as work:
            ruled = rulings(work, first, second)
            shared = shared_identifiers(work, first, second)
            guarded = guarded_records(work, first, second)
            compared = comparisons(work, first, second)
    except WarehouseBusy as error:
        yield f"  What they have in common without being tied by it lies in the work file. {error}"
        return
    for ruling in ruled:
        yield f"  Somebody decided that {ruling.first} and {ruling.second} are not the same: {ruling.comment}"
    for kind, value, guard in shared:
        yield f"  Both have {identifier(kind, value, values)}, which does not tie them: {GUARDS[guard]}."
    for record, guard in guarded:
        yield f"  {record} stands apart: {GUARDS[guard]}."
    for probability, decision, reason, evidence in compared:
        verdict = "waits in identity_review_queue" if decision == "review" else decision
        yield f"  Compared, they are one person with probability {probability:.2f} ({evidence}): {verdict}, {reason}."
    if not (ruled or shared or guarded or compared):
        yield "  They have no identifier in common."


def _record(evidence: Evidence, asked: str) -> Record:
    """The record of that name, whose table exists."""
    record, tables = Record.parse(asked), evidence.tables()
    if not record:
        raise NoEvidence(f"{asked} is no record: write system.table:key, such as loyalty.member:M5")
    table = f"{record.system}.{record.table}"
    if table not in tables:
        close = get_close_matches(table, tables, n=3) or tables
        raise NoEvidence(f"no record comes from {table}; perhaps you mean {' or '.join(close)}")
    return record


def _customer_of(evidence: Evidence, record: Record) -> str:
    customer = evidence.customer_of(record)
    if not customer:
        raise NoEvidence(
            f"{evidence.origin} has no record {record}; what belongs to an account (its orders, its addresses) counts as the "
            "account, and a row in quarantine as none"
        )
    return customer
