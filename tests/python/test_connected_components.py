"""The grouping of records, run as dbt runs it, against a ten-line union-find: same groups for any graph, in any order, at once or by and by."""

import itertools
import random
from pathlib import Path
from typing import ClassVar

import duckdb
import pytest
from identity_sql import union_find
from own_dbt import run_dbt

GRAPHS = 40
Edge = tuple[int, int]
GROUPS = "int_identity__strong_groups"  # groups what is there
IDENTIFIERS = "int_identity__identifiers"  # a view
ISLANDS = "int_identity__islands"  # joins what is new to what stands


def graphs() -> list[Edge]:
    """Forty graphs in one, each on numbers of its own: chains, stars, rings, cliques and chance, shuffled."""
    draw = random.Random(360)
    edges: list[Edge] = []
    for graph in range(GRAPHS):
        size = draw.randint(2, 60)
        names = draw.sample(range(graph * 1_000_000 + 1, (graph + 1) * 1_000_000), size)
        shape = graph % 5
        if shape == 0:
            edges += list(itertools.pairwise(names))
        elif shape == 1:
            edges += [(names[0], name) for name in names[1:]]
        elif shape == 2:
            edges += list(zip(names, names[1:] + names[:1], strict=True))
        elif shape == 3:
            edges += [(a, b) for a in names for b in names if a < b]
        else:
            edges += [(a, b) for a, b in (draw.sample(names, 2) for _ in range(size))]
    edges += [
        (100_000_000 + n, 100_000_001 + n) for n in range(3_000)
    ]  # a chain that label propagation would give up on
    draw.shuffle(edges)
    return [draw.choice([(a, b), (b, a)]) for a, b in edges]


class Warehouse:
    """What the two models read lies here as tables: each edge is an e-mail of its own on two records."""

    TABLES: ClassVar = {
        "intermediate.int_identity__strong_edges": "record_a bigint, record_b bigint, priority bigint",
        "intermediate.int_identity__changed_records": "record_id bigint, resolution bigint",
        "intermediate.int_identity__normalised_sightings": (
            "record_id bigint, said_by varchar, email varchar, second_email varchar, phone varchar, loyalty_number varchar, "
            "shop_customer_id varchar, crm_contact_id varchar, payment_card varchar, order_reference varchar, "
            "first_seen_at timestamp, observed_at timestamp, is_gone boolean"
        ),
        "seeds.identifier_rules": "identifier_type varchar, max_records bigint",
        "seeds.identity_overrides": "record_a varchar, record_b varchar, decision varchar",
    }

    def __init__(self, folder: Path) -> None:
        self._file = folder / "warehouse.duckdb"
        with duckdb.connect(str(self._file)) as warehouse:
            warehouse.execute("create schema intermediate; create schema seeds")
            for table, columns in self.TABLES.items():
                warehouse.execute(f"create table {table} ({columns})")
            warehouse.execute("insert into seeds.identifier_rules values ('email', null)")

    def group(self, model: str, edges: list[Edge]) -> dict[int, int]:
        """Let these edges come and run a model: node -> component, and nothing else is left behind."""
        with duckdb.connect(str(self._file)) as warehouse:
            warehouse.execute(
                "create or replace temp table edges as select unnest(?) as a, unnest(?) as b",
                [*zip(*edges, strict=True)],
            )
            warehouse.execute("""
                insert into intermediate.int_identity__strong_edges select a, b, 1 from edges;
                insert into intermediate.int_identity__normalised_sightings by name
                select unnest([a, b]) as record_id, a || '-' || b as email, false as is_gone from edges;
                truncate intermediate.int_identity__changed_records;
                insert into intermediate.int_identity__changed_records
                select distinct unnest([a, b]), 1 from edges;
            """)
        run_dbt(self._file.parent, "run", "--select", IDENTIFIERS, model)
        with duckdb.connect(str(self._file)) as warehouse:
            left = warehouse.execute(
                "select table_name from duckdb_tables() where table_name like ?", [f"{model}_%"]
            )
            assert left.fetchall() == [], "the rounds leave nothing behind"
            return dict(warehouse.execute(f"select node, component from intermediate.{model}").fetchall())


@pytest.fixture
def warehouse(tmp_path) -> Warehouse:
    return Warehouse(tmp_path)


def test_groups_are_those_of_union_find(warehouse):
    edges = graphs()
    assert warehouse.group(GROUPS, edges) == union_find(edges)


def test_groups_that_grow_by_and_by_are_those_of_all_at_once(warehouse):
    """A batch joins groups that stand, brings new ones, repeats what is known, or brings nothing new."""
    edges = graphs()
    batches = [edges[:2_000], edges[2_000:5_000] + edges[:50], edges[5_000:], edges[:1]]
    come: list[Edge] = []
    for batch in batches:
        come += batch
        assert warehouse.group(ISLANDS, batch) == union_find(come)
