"""The identity layer from sightings to customers, compiled once by dbt, to be run on a test's own rows in an in-memory DuckDB.

Models run as dbt-duckdb runs them, but for the two materializations that are loops in SQL: those are plain Python here, and held
against their SQL in test_connected_components.py and test_seeded_regions.py. Who is alike is what a test says.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from normalisation_sql import seed_path, seed_types
from own_dbt import compiled_models

AS_OF = "2026-06-30"
LAYER = "path:models/intermediate/identity"
MARTS = ("customer_id_redirects", "identity_changes", "identity_audit")
SEEDS = ("identifier_rules", "blocked_identifiers", "email_providers", "calling_codes", "identity_overrides")
GIVEN = "int_identity__sightings"
FUZZY_GROUPS = "int_identity__fuzzy_groups"
FIRST_TO_READ_THEM = "int_identity__relinked_groups"
PROFILES = "int_identity__profiles"
REGISTRY = ("int_identity__known_records", "int_identity__registry")
NUMBERED = ("int_identity__matched_records", "int_identity__profiles", "int_identity__settled_records")
SIGHTING = pa.schema(
    [(name, pa.string()) for name in (
        "source_system", "source_table", "source_key", "record_key", "email", "second_email", "phone", "country_code",
        "loyalty_number", "shop_customer_id", "crm_contact_id", "payment_card", "order_reference", "national_id", "first_name", "last_name",
        "address_line", "city", "postal_code",
    )]
    + [("birth_date", pa.date32()), ("is_verified", pa.bool_())]
    + [("first_seen_at", pa.timestamp("us")), ("observed_at", pa.timestamp("us"))]
)  # fmt: skip

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Model:
    """A model's SQL in the first run, in every later one, and in a full refresh."""

    name: str
    relation: str
    materialized: str  # view, table, delete+insert, append, connected_components, seeded_regions
    unique_key: tuple[str, ...]
    grows: bool
    first: str
    later: str
    anew: str

    @property
    def written(self) -> str:
        """Where the rows of a run stand before they come into the relation."""
        return f"warehouse.written.{self.name}"

    @property
    def is_loop(self) -> bool:
        """Whether plain Python does here what a loop of SQL does elsewhere."""
        return self.materialized in ("connected_components", "seeded_regions")


def union_find(edges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Each node's smallest connected node."""
    edges = list(edges)
    parent = {node: node for edge in edges for node in edge}

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in edges:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return {node: root(node) for node in parent}


def seeded_regions(rows: Iterable[tuple[int, int, int | None, int | None]]) -> dict[int, int]:
    """Each node's smallest node of its region, of edges (a, b, priority, None) and seeds (a, a, None, person)."""
    neighbours: dict[int, list[tuple[int, int]]] = defaultdict(list)
    seeds: dict[int, set[int]] = defaultdict(set)
    for a, b, priority, person in rows:
        if a == b and person is not None:
            seeds[a].add(person)
        elif a != b and priority is not None:
            neighbours[a].append((priority, b))
            neighbours[b].append((priority, a))
    taken = {node: min(people) for node, people in seeds.items()}
    while True:
        border = [
            (priority, node, taken[start])
            for start in taken
            for priority, node in neighbours[start]
            if node not in taken
        ]
        if not border:
            break
        strongest = min(priority for priority, _, _ in border)
        claims: dict[int, set[int]] = defaultdict(set)
        for priority, node, person in border:
            if priority == strongest:
                claims[node].add(person)
        taken |= {node: min(people) for node, people in claims.items()}
    smallest: dict[int, int] = {}
    for node, person in taken.items():
        smallest[person] = min(node, smallest.get(person, node))
    return {node: smallest[person] for node, person in taken.items()}


class IdentitySql:
    """A warehouse of which only the identity layer exists. Every call of `run` is a run of dbt after the one before."""

    def __init__(self, models: list[Model]) -> None:
        self._models = models
        self._views = {model.name: model.relation for model in models}
        self._connection = duckdb.connect()
        self._connection.execute("set TimeZone = 'UTC'; set threads = 1; attach ':memory:' as warehouse")
        self._connection.execute("set default_null_order = 'nulls_first_on_asc_last_on_desc'")
        for schema in ("seeds", "intermediate", "marts", "restricted", "written", "project"):
            self._connection.execute(f"create schema warehouse.{schema}")
        for name in SEEDS:
            self._connection.execute(
                f"create table warehouse.project.{name} as from read_csv(?, header = true, columns = {seed_types(name)})",
                [str(seed_path(name))],
            )
            self._connection.execute(f"create table warehouse.seeds.{name} as from warehouse.project.{name}")
        self._connection.register("rows", SIGHTING.empty_table())
        self._connection.execute(f"create table warehouse.intermediate.{GIVEN} as from rows")
        self._connection.execute(
            f"create table warehouse.intermediate.{FUZZY_GROUPS} (node bigint, component bigint)"
        )
        for model in models:
            self._create(model)
        for model in models:
            if model.materialized != "view":
                self._prepare(model)
        self.reset()

    def _create(self, model: Model) -> None:
        """The empty relation."""
        if model.materialized == "view":
            self._connection.execute(f"create view {model.relation} as {model.first}")
            return
        if model.is_loop:
            self._connection.execute(f"create table {model.relation} (node bigint, component bigint)")
        else:
            self._connection.execute(f"create table {model.relation} as {model.first} with no data")
        self._connection.execute(f"create table {model.written} as from {model.relation}")

    def _prepare(self, model: Model) -> None:
        """A prepared statement is planned once for all runs."""
        for run, sql in (("first", model.first), ("later", model.later), ("anew", model.anew)):
            insert = sql if model.is_loop else f"insert into {model.written} by name {sql}"
            self._connection.execute(f"prepare {run}_{model.name} as {insert}")

    def close(self) -> None:
        self._connection.close()

    def reset(self, rules: Mapping[str, Mapping[str, int | None]] | None = None) -> "IdentitySql":
        """Forget all runs. The seeds are those of the project, with `rules` (identifier type -> column -> value) changed."""
        for model in self._models:
            if model.materialized != "view":
                self._connection.execute(f"truncate {model.relation}")
        for name in SEEDS:
            self._connection.execute(f"truncate warehouse.seeds.{name}")
            self._connection.execute(f"insert into warehouse.seeds.{name} from warehouse.project.{name}")
        self.change_rules(rules or {})
        self._is_first = True
        return self

    def change_rules(self, rules: Mapping[str, Mapping[str, int | None]]) -> None:
        """Change columns of identifier_rules, by identifier type."""
        for identifier_type, columns in rules.items():
            for column, value in columns.items():
                self._connection.execute(
                    f"update warehouse.seeds.identifier_rules set {column} = ? where identifier_type = ?",
                    [value, identifier_type],
                )

    def run(
        self,
        sightings: Iterable[Row],
        overrides: Iterable[tuple[str, str, str]] = (),
        alike: Iterable[tuple[str, str]] = (),
        *,
        full_refresh: bool = False,
        until: str | None = None,
    ) -> "IdentitySql":
        """Run on all that the sources have now, on (record_a, record_b, decision)s, and on pairs of records of whom the groups are alike.

        With `until`, as if killed after that model.
        """
        table = pa.Table.from_pylist(
            [{name: row.get(name) for name in SIGHTING.names} for row in sightings], SIGHTING
        )
        self._connection.register("rows", table)
        self._connection.execute(
            f"truncate warehouse.intermediate.{GIVEN}; insert into warehouse.intermediate.{GIVEN} from rows"
        )
        # also by a first run that was killed
        is_registered = bool(self.query("select run from {int_identity__registry} limit 1"))
        self._connection.execute("truncate warehouse.seeds.identity_overrides")
        for decision in overrides:
            self._connection.execute(
                "insert into warehouse.seeds.identity_overrides values (?, ?, ?, '')", decision
            )
        for model in self._models:
            if model.name == FIRST_TO_READ_THEM:
                self._link(alike)
            kept = model.materialized == "append"
            is_first = self._is_first and not (is_registered and model.name in REGISTRY)
            run = "first" if is_first else "anew" if full_refresh and not kept else "later"
            self._build(model, run)
            if model.name == until:
                return self
        self._is_first = False
        return self

    def _link(self, alike: Iterable[tuple[str, str]]) -> None:
        """Groups of records that are alike become one."""
        groups = dict(
            self.query(
                "select record_key, group_id from {int_identity__matched_records} where group_id is not null"
            )
        )
        labels = union_find((groups[a], groups[b]) for a, b in alike if a in groups and b in groups)
        self._fill(f"warehouse.intermediate.{FUZZY_GROUPS}", labels)

    def _fill(self, relation: str, labels: Mapping[int, int]) -> None:
        """A table of nodes and their components."""
        self._connection.execute(f"truncate {relation}")
        self._connection.execute(
            f"insert into {relation} select unnest(?::bigint[]), unnest(?::bigint[])",
            [list(labels), list(labels.values())],
        )

    def _build(self, model: Model, run: str) -> None:
        if model.materialized == "view":
            return
        statement = f"execute {run}_{model.name}"
        if model.is_loop:
            rows = self._connection.execute(statement).fetchall()
            if model.materialized == "seeded_regions":
                labels = seeded_regions(rows)
            elif model.grows and run == "later":
                labels = union_find(rows + self._connection.execute(f"from {model.relation}").fetchall())
            else:
                labels = union_find((a, b) for a, b in rows if a != b)
            self._fill(model.relation, labels)
            return
        new = model.written
        self._connection.execute(f"truncate {new}")
        self._connection.execute(statement)
        if model.materialized == "delete+insert" and run == "later":
            equal = " and ".join(f"old.{key} = new.{key}" for key in model.unique_key)
            self._connection.execute(f"delete from {model.relation} as old using {new} as new where {equal}")
        elif model.materialized != "append":
            self._connection.execute(f"truncate {model.relation}")
        self._connection.execute(f"insert into {model.relation} from {new}")

    def query(self, sql: str) -> list[tuple]:
        """Rows of SQL that names models in braces: "from {int_identity__registry}"."""
        return self._connection.execute(sql.format(**self._views)).fetchall()

    def partition(self) -> set[frozenset[str]]:
        """The records of each customer."""
        groups: dict[str, set[str]] = defaultdict(set)
        for record, customer in self.customers().items():
            groups[customer].add(record)
        return {frozenset(records) for records in groups.values()}

    def customers(self) -> dict[str, str]:
        """Record key -> customer id."""
        return dict(
            self.query(
                "select source_system || '.' || source_table || ':' || source_key, customer_id from {int_identity__resolved_records}"
            )
        )

    def guards(self) -> set[tuple[str, str]]:
        """(guard, identifier value or record key) of the audit."""
        return set(self.query("select guard, coalesce(identifier_value, record_key) from {identity_audit}"))


def compile_identity(folder: Path) -> IdentitySql:
    """Let dbt write the SQL of the layer in a warehouse where nothing exists yet, and in one where everything does, twice."""
    variables = f"{{as_of_date: {AS_OF}}}"
    first = compiled_models(folder, variables, LAYER, *MARTS)
    kept = {name: node.relation_name for name, node in first.items() if node.schema == "intermediate"}
    numbers = Resolutions(kept)
    with duckdb.connect(str(folder / "warehouse.duckdb")) as warehouse:
        warehouse.execute("create schema if not exists intermediate")
        for name, relation in numbers.relations.items():
            warehouse.execute(
                f"create table if not exists {relation} as select ?::bigint as resolution",
                [numbers.of(name)],
            )
    later = compiled_models(folder, variables, LAYER, *MARTS)
    anew = compiled_models(folder, variables, LAYER, *MARTS, full_refresh=True)
    return IdentitySql(
        [
            model(
                first[name],
                numbers.asked_again(later[name].compiled_code),
                numbers.asked_again(anew[name].compiled_code),
            )
            for name in downstream_of_sightings(first)
        ]
    )


@dataclass(frozen=True)
class Resolutions:
    """dbt asks tables for their newest rows' numbers and writes those into SQL: here each is told by what stands for it, and asked for in SQL."""

    relations: Mapping[str, str]

    def of(self, name: str) -> int:
        """What stands for the number of a table's newest row."""
        return 10**15 + 10 * list(self.relations).index(name)

    def asked_again(self, sql: str) -> str:
        """SQL with a query in the place of each number that stands for one."""
        queries = {
            self.of(name): f"(select coalesce(max(resolution), 0) from {relation})"
            for name, relation in self.relations.items()
        }
        last = [self.of(name) for name in NUMBERED]
        queries[max(last) + 1] = f"(greatest({', '.join(queries[number] for number in last)}) + 1)"
        return re.sub(r"\b1\d{15}\b", lambda number: queries[int(number[0])], sql)


def downstream_of_sightings(nodes: Mapping[str, Any]) -> list[str]:
    """What profiles and marts need of that which follows from sightings, in the order in which it is built; likeness is left out."""
    parents = {
        name: {
            unique_id.split(".")[-1] for unique_id in node.depends_on.nodes if unique_id.startswith("model.")
        }
        for name, node in nodes.items()
    }
    order: list[str] = []

    def visit(name: str) -> None:
        if name in (GIVEN, FUZZY_GROUPS) or name in order:
            return
        for parent in sorted(parents[name]):
            visit(parent)
        order.append(name)

    for wanted in (PROFILES, *MARTS):
        visit(wanted)
    return order


def model(node: Any, later: str, anew: str) -> Model:
    """A compiled node as this file runs it: nothing in the layer reads a mart, so those are views."""
    config = node.config
    key = config.unique_key or ()
    return Model(
        name=node.name,
        relation=node.relation_name,
        materialized=(
            "view" if node.schema != "intermediate"
            else config.incremental_strategy if config.materialized == "incremental"
            else config.materialized
        ),
        unique_key=(key,) if isinstance(key, str) else tuple(key),
        grows=bool(config.get("grow")),
        first=node.compiled_code,
        later=later,
        anew=anew,
    )  # fmt: skip
