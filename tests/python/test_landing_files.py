"""Whatever file is delivered, it is read as it is, or refused whole with a reason that names no person."""

import pytest
from landing_cases import PRIVATE, Case, put
from landing_cases.csv_files import CSV
from landing_cases.json_files import JSON
from landing_cases.parquet_files import PARQUET

from orchestration.landing import LandedTable, land
from orchestration.warehouse import DuckDBWarehouse, Paths

CASES = {
    f"{kind}: {what}": case
    for kind, cases in (("CSV", CSV), ("JSON", JSON), ("Parquet", PARQUET))
    for what, case in cases.items()
}


@pytest.fixture(scope="module")
def paths(tmp_path_factory) -> Paths:
    """All cases in the folder of one table: a bad one must not spoil the others."""
    paths = Paths(tmp_path_factory.mktemp("cases"))
    (paths.root / "vars.yml").write_text("landing_quiet_seconds: 0\n")
    for case in CASES.values():
        put(paths, f"loyalty/member/{case.name}", case.content)
    return paths


@pytest.fixture(scope="module")
def table(paths) -> LandedTable:
    with DuckDBWarehouse(paths.warehouse) as warehouse:
        tables = land(paths, warehouse)
    return next(table for table in tables if table.contract.relation == "raw.loyalty__member")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_file_meets_with_its_verdict(table, case: Case):
    (file,) = [file for file in table.files if file.path.name == case.name]
    assert file.verdict == case.verdict, file.reason
    assert case.reason.lower() in file.reason.lower()
    assert case.reason or file.rows == case.rows
    assert bool(file.reason) == (file.verdict != "landed"), "a reason for all that is not read"
    assert not [value for value in PRIVATE if value in file.reason], "a message never quotes the data"


def test_all_that_was_accepted_can_be_read_together(paths, table):
    expected = sum(case.rows for case in CASES.values())
    with DuckDBWarehouse(paths.warehouse, read_only=True) as warehouse:
        read = warehouse.query(
            "select count(*), count(member_id), count(first_name) from raw.loyalty__member"
        )
    assert read[0][:2] == (expected, expected) == (table.rows, expected)


def test_the_report_tells_of_every_file_and_quotes_none(paths, table):
    report = (paths.landing / "report.csv").read_text()
    for case in CASES.values():
        assert f'"loyalty/member/{case.name}"' in report
    assert not [value for value in PRIVATE if value in report]
