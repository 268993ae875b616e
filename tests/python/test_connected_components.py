"""The grouping of records, run as dbt runs it, against a ten-line union-find: same groups for any graph, in any order."""

import itertools
import random

import duckdb
from dbt.cli.main import dbtRunner

from orchestration.landing.contracts import PROJECT

GRAPHS = 40


def union_find(edges: list[tuple[int, int]]) -> dict[int, int]:
    """Each node's smallest connected node."""
    parent = {node: node for edge in edges for node in edge}

    def root(node: int) -> int:
        while parent[node] != node:
            node = parent[node]
        return node

    for a, b in edges:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return {node: root(node) for node in parent}


def graphs() -> list[tuple[int, int]]:
    """Forty graphs in one, each on numbers of its own: chains, stars, rings, cliques and chance, shuffled."""
    draw = random.Random(360)
    edges = []
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
            edges += [tuple(draw.sample(names, 2)) for _ in range(size)]
    edges += [
        (100_000_000 + n, 100_000_001 + n) for n in range(3_000)
    ]  # a chain that label propagation would give up on
    draw.shuffle(edges)
    return [draw.choice([(a, b), (b, a)]) for a, b in edges]


def test_groups_are_those_of_union_find(tmp_path, monkeypatch):
    monkeypatch.setenv("C360_DATA", str(tmp_path))
    edges = graphs()
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as warehouse:
        warehouse.execute("create schema intermediate")
        warehouse.execute(
            "create table intermediate.int_identity__edges (record_a bigint, record_b bigint, priority bigint)"
        )
        warehouse.execute(
            "insert into intermediate.int_identity__edges select unnest(?), unnest(?), 1",
            [[a for a, _ in edges], [b for _, b in edges]],
        )
    done = dbtRunner().invoke(
        [
            "run",
            "--select",
            "int_identity__groups",
            "--project-dir",
            str(PROJECT),
            "--profiles-dir",
            str(PROJECT),
        ]
        + ["--target-path", str(tmp_path / "target"), "--log-path", str(tmp_path), "--quiet"]
    )
    assert done.success, done.exception
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as warehouse:
        found = dict(
            warehouse.execute("select node, component from intermediate.int_identity__groups").fetchall()
        )
        scratch = warehouse.execute(
            "select table_name from duckdb_tables() where table_name like '%groups__%'"
        ).fetchall()
    assert found == union_find(edges)
    assert scratch == [], "the rounds leave nothing behind"
