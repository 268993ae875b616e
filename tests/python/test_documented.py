"""What the ymls describe is what the warehouse holds, column by column, in staging too."""

import re

import duckdb
import pytest
from conftest import PROJECT, Built

from orchestration.dbt import MANIFEST
from orchestration.warehouse import DuckDBWarehouse, Paths

STAGING = [
    node
    for node in MANIFEST["nodes"].values()
    if node["resource_type"] == "model" and node["fqn"][1:2] == ["staging"]
]


@pytest.fixture(scope="module")
def columns(built: Built) -> dict[str, list[str]]:
    with DuckDBWarehouse(built.paths.warehouse, read_only=True) as warehouse:
        found = warehouse.query(
            "select table_name, list(column_name order by ordinal_position)"
            " from information_schema.columns where table_schema = 'staging' group by 1"
        )
    return dict(found)


@pytest.mark.parametrize("model", STAGING, ids=lambda model: model["name"])
def test_every_column_of_staging_is_described(columns, model):
    described = {column["name"]: column["description"] for column in model["columns"].values()}
    assert list(described) == columns[model["name"]]
    assert all(described.values())


def test_every_time_zone_is_one_that_the_engine_knows(built: Built):
    with DuckDBWarehouse(built.paths.warehouse, read_only=True) as warehouse:
        strange = warehouse.query(
            "select time_zone from seeds.time_zones where time_zone not in (select name from pg_timezone_names())"
        )
    assert strange == []


QUESTIONS = re.findall(
    r"^```sql\n(.*?)^```", (PROJECT / "docs" / "value.md").read_text(), re.MULTILINE | re.DOTALL
)


@pytest.mark.parametrize("query", QUESTIONS, ids=lambda query: re.search(r"marts\.(\w+)", query)[1])
def test_questions_of_the_guide_to_value_have_answers(demo: Paths, query: str):
    with duckdb.connect(str(demo.serving / "current" / "customer_360.duckdb"), read_only=True) as marts:
        assert marts.execute(query).fetchall()
