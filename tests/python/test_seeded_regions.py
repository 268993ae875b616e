"""The parting of contested groups, run as dbt runs it, against plain Python: same parts for any graph, in any order."""

import random

import duckdb
from identity_sql import seeded_regions
from own_dbt import run_dbt

GRAPHS = 60
REGIONS = "int_identity__parted_groups"


def contested() -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
    """Edges (a, b, priority) and seeds (group, record, person) of sixty graphs, each on numbers of its own, in any order."""
    draw = random.Random(360)
    edges: list[tuple[int, int, int]] = []
    seeds: list[tuple[int, int, int]] = []
    for graph in range(GRAPHS):
        size = draw.randint(2, 25)
        names = draw.sample(range(graph * 1_000_000 + 1, (graph + 1) * 1_000_000), size)
        tree = [(names[n], draw.choice(names[max(0, n - 4) : n]), draw.randint(0, 7)) for n in range(1, size)]
        pairs = [draw.sample(names, 2) for _ in range(size // 2)]
        chords = [(a, b, draw.randint(0, 7)) for a, b in pairs]
        edges += tree + chords
        people = draw.sample(names, min(size, draw.randint(2, 4)))
        seeds += [(graph, record, draw.choice([record, people[0]])) for record in people]
    draw.shuffle(edges)
    return [draw.choice([(a, b, p), (b, a, p)]) for a, b, p in edges], seeds


def test_regions_are_those_of_plain_python(tmp_path):
    """In place of what the model reads lie edges that tie everything, and seeds as people decide them."""
    edges, seeds = contested()
    columns = {
        "contests": "group_id bigint, record_id bigint, person bigint, guard varchar",
        "strong_groups": "node bigint, component bigint",
        "core_groups": "node bigint, component bigint",
        "strong_edges": "record_a bigint, record_b bigint, priority bigint",
        "core_edges": "core_a bigint, core_b bigint, priority bigint",
    }
    rows = {
        "strong_edges": edges[::2],
        "core_edges": edges[1::2],
        "strong_groups": [
            (node, node // 1_000_000) for node in sorted({node for edge in edges for node in edge[:2]})
        ],
        "contests": [(*seed, "override") for seed in seeds],
    }
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as warehouse:
        warehouse.execute("create schema intermediate")
        for table, types in columns.items():
            relation = f"intermediate.int_identity__{table}"
            warehouse.execute(f"create table {relation} ({types})")
            if table in rows:
                marks = ", ".join("?" for _ in types.split(","))
                warehouse.executemany(f"insert into {relation} values ({marks})", rows[table])
    run_dbt(tmp_path, "run", "--select", REGIONS)
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as warehouse:
        found = dict(warehouse.execute(f"select node, component from intermediate.{REGIONS}").fetchall())
        left = warehouse.execute(
            f"select table_name from duckdb_tables() where table_name like '{REGIONS}_%'"
        ).fetchall()
    expected = seeded_regions(
        [(*edge, None) for edge in edges] + [(r, r, None, person) for _, r, person in seeds]
    )
    assert found == expected
    assert set(found) == {node for edge in edges for node in edge[:2]}, (
        "everybody in a contested group gets a part"
    )
    assert left == [], "the rounds leave nothing behind"
