"""docs/your-data.md names what there is, and its examples run."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from landing_cases import put

from orchestration.landing import read_contracts
from orchestration.landing.contracts import PROJECT
from orchestration.landing.files import VERDICTS
from orchestration.warehouse import Paths

DOCUMENT = (PROJECT / "docs" / "your-data.md").read_text()
BLOCKS = re.findall(r"```\w*\n(.*?)```", DOCUMENT, re.DOTALL)
TABLES = {f"{contract.system}.{contract.table}" for contract in read_contracts()}
ROWS = [
    [cell.strip() for cell in line.strip("| ").split(" | ")]
    for line in DOCUMENT.splitlines()
    if line.startswith("| ")
]
WOO = {
    "id": [7, 7, 8],
    "customer_id": [0, 0, 5],
    "billing": ['{"email": "ann@lee.example", "country": "GB"}'] * 2 + ['{"email": "zo@lee.example"}'],
    "line_items": [json.dumps([{"id": 1, "sku": "S1", "name": "Sock", "quantity": 2, "subtotal": "20.00", "total": "18.00"}])] * 3,
    "currency": ["EUR"] * 3,
    "total": ["22.00"] * 3,
    "discount_total": ["2.00"] * 3,
    "cart_tax": ["4.00"] * 3,
    "status": ["pending", "completed", "cancelled"],
    "date_created_gmt": ["2026-01-05T10:00:00"] * 3,
    "date_modified_gmt": ["2026-01-05T10:00:00", "2026-01-06T10:00:00", "2026-01-07T10:00:00"],
    "_airbyte_extracted_at": ["2026-02-01T00:00:00Z"] * 3,
}  # fmt: skip


def tables_of_systems() -> list[tuple[str, str, str]]:
    """(system, the cell that names tables, the cell that names columns) of every row that is about raw tables."""
    named = []
    for section in re.split(r"^### ", DOCUMENT, flags=re.MULTILINE)[1:]:
        system = section.split(" - ")[0]
        for line in section.split("\n## ")[0].splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if line.startswith("| ") and cells[0] not in ("Table", "System"):
                named.append(
                    (system, cells[0], cells[1]) if " - " in section.splitlines()[0] else tuple(cells[:3])
                )
    return named


def test_every_table_is_told_of_and_every_column_exists():
    told = set()
    for system, tables, columns in tables_of_systems():
        names = [f"{system}.{name.strip('* ')}" for name in tables.split(",")]
        told |= set(names)
        known = {
            column
            for each in read_contracts()
            if f"{each.system}.{each.table}" in names
            for column in each.columns
        }
        assert set(re.findall(r"`(\w+)`", columns)) <= known, tables
    assert told == TABLES


def test_bold_are_the_tables_without_which_figures_are_wrong():
    bold = {
        f"{system}.{name}"
        for system, tables, _ in tables_of_systems()
        for name in re.findall(r"\*\*(\w+)\*\*", tables)
    }
    assert bold == {f"{each.system}.{each.table}" for each in read_contracts() if each.is_required}


def test_verdicts_rules_and_marts_are_those_of_the_project():
    assert {row[0].strip("`") for row in ROWS if row[0].strip("`") in VERDICTS} == set(VERDICTS)
    models = {path.stem for path in (PROJECT / "models").rglob("*.sql")}
    marts = {path.stem for path in (PROJECT / "models" / "marts").rglob("*.sql")}
    named = set(re.findall(r"`([a-z_]+)`", DOCUMENT))
    assert {name for name in named if name.startswith(("int_", "stg_"))} <= models
    assert named >= marts - {"revenue_reconciliation"}, "each mart is made of something"


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Paths:
    """A copy of the project with the new system, and a warehouse with the mapping, after landing and dbt."""
    root = tmp_path_factory.mktemp("example")
    project, paths = root / "project", Paths(root / "data")
    for name in ("models", "macros", "seeds", "orchestration", "tests"):
        shutil.copytree(
            PROJECT / name, project / name, ignore=shutil.ignore_patterns("__pycache__", "python")
        )
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(PROJECT / name, project)
    mapping, contract, model, model_yml, line = BLOCKS
    for name, text in (
        ("workshop.yml", contract),
        ("stg_workshop__repairs.sql", model),
        ("stg_workshop__repairs.yml", model_yml),
    ):
        path = project / "models" / "staging" / "workshop" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    listed = project / "macros" / "raw_tables.sql"
    listed.write_text(listed.read_text().replace("    ]) }}", f"{line}    ]) }}}}"))
    exports = put(paths, "../../woocommerce/orders/a.parquet", pa.table(WOO)).resolve().parents[1]
    put(
        paths,
        "workshop/repair/a.csv",
        "repair_id,price,currency,received_at\n1,12.50,eur,2026-01-02\n2,1,EUR,soon\n",
    )
    (paths.root / "vars.yml").write_text("landing_quiet_seconds: 0\n")
    with duckdb.connect(str(paths.warehouse)) as warehouse:
        warehouse.execute(mapping.replace("/exports/woocommerce", str(exports)))
    run(paths, project, sys.executable, "-m", "orchestration.landing")
    dbt = str(Path(sys.executable).with_name("dbt"))
    selected = [
        "+stg_shopify__orders",
        "+stg_shopify__order_lines",
        "+stg_workshop__repairs",
        "+stg_landing__rejected_rows",
    ]
    run(
        paths,
        project,
        dbt,
        "build",
        "--quiet",
        "--target",
        "duckdb",
        "--indirect-selection",
        "cautious",
        "--select",
        *selected,
    )
    return paths


def run(paths: Paths, project: Path, *command: str) -> None:
    environment = os.environ | {"C360_DATA": str(paths.root), "DBT_PROFILES_DIR": str(project)}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def asked(paths: Paths, query: str) -> list[tuple]:
    with duckdb.connect(str(paths.warehouse), read_only=True) as warehouse:
        return [tuple(map(str, row)) for row in warehouse.sql(query).fetchall()]


def test_the_mapping_of_another_loader_runs(example):
    assert asked(
        example,
        "select order_id, shop_customer_id, email, line_items_amount, discount_amount, tax_amount, cancelled_at is not null "
        "from staging.stg_shopify__orders order by 1",
    ) == [
        ("woo-7", "None", "ann@lee.example", "20.00", "2.00", "4.00", "False"),
        ("woo-8", "woo-5", "zo@lee.example", "20.00", "2.00", "4.00", "True"),
    ]
    assert asked(
        example,
        "select order_line_id, order_id, sku, quantity, unit_price, discount_amount from staging.stg_shopify__order_lines order by 1",
    ) == [
        ("woo-7-1", "woo-7", "S1", "2", "10.00", "2.00"),
        ("woo-8-1", "woo-8", "S1", "2", "10.00", "2.00"),
    ]


def test_a_new_system_runs(example):
    assert asked(example, "select repair_id, repair_amount, currency from staging.stg_workshop__repairs") == [
        ("1", "12.50", "EUR")
    ]
    assert asked(example, "select source_system, reason from staging.stg_landing__rejected_rows") == [
        ("workshop", "not_a_timestamp")
    ]
