"""The dbt unit tests: every rule with a number or an edge, on rows that can be checked by eye."""

import json

import pytest
from conftest import PROJECT
from dbt.cli.main import dbtRunner

from orchestration.warehouse import Paths


@pytest.fixture(scope="module")
def results(demo: Paths, tmp_path_factory) -> dict[str, str]:
    """What became of each unit test; the demo's relations only lend their columns."""
    target = tmp_path_factory.mktemp("unit-tests")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("C360_DATA", str(demo.root))
        dbtRunner().invoke(
            ["test", "--select", "test_type:unit", "--quiet", "--project-dir", str(PROJECT)]
            + ["--profiles-dir", str(PROJECT), "--target-path", str(target), "--log-path", str(target)]
        )
    run = json.loads((target / "run_results.json").read_text())
    return {
        result["unique_id"].split(".")[-1]: result["status"]
        for result in run["results"]
        if result["unique_id"].startswith("unit_test.")
    }


def test_every_rule_holds(results):
    assert {name for name, status in results.items() if status != "pass"} == set()


def test_no_rule_is_passed_over(results):
    written = sum(path.read_text().count("\n    model: ") for path in (PROJECT / "models").rglob("*.yml"))
    assert len(results) == written >= 23
