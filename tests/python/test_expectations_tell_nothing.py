"""What the gates write for people to read: pages that open without a network, and no word of any person in them."""

import re
from pathlib import Path

import dagster as dg
import great_expectations.expectations as gxe
import pytest
from gates_at_work import DAY, asked_for, change, folder_of, judged, replace_raw

from orchestration.expectations.engine import opened
from orchestration.expectations.gates import CHECK, asset_of, gate_marts, gate_raw
from orchestration.expectations.judge import judge
from orchestration.expectations.wording import verdict_on
from orchestration.instance import open_instance
from orchestration.resources import Asked, DataFolder
from orchestration.warehouse import Paths

folder = folder_of

CANARIES = ("canary.bird@aviary.test", "Canaria Serinus", "+44 7700 900123")
SPOILT = [
    dg.AssetCheckKey(asset_of("raw", "shopify__customer"), CHECK),
    dg.AssetCheckKey(asset_of("raw", "pos__receipt"), CHECK),
    dg.AssetCheckKey(asset_of("marts", "customers"), CHECK),
]
# what a page loads, and what a script or a style could; a namespace or a link that a reader may follow loads nothing
LOADED = re.compile(
    r"""(?:src\s*=|<link[^>]+href\s*=|url\(|@import)\s*["']?\s*(?:https?:)?//|<script""", re.IGNORECASE
)


@pytest.fixture
def with_canaries(folder: Paths) -> Paths:
    """Personal values in rows that break expectations, at both gates."""
    email, name, phone = CANARIES
    replace_raw(
        folder,
        "shopify__customer",
        f"""
        select * replace (
            '{email}' as email, '{name}' as first_name, '{phone}' as phone,
            null as id, timestamp '2999-01-01' as created_at
        )
        from {{arrived}}
        """,
    )
    replace_raw(
        folder,
        "pos__receipt",
        f"select * replace ('{email}' as customer_email, '{phone}' as currency, '{name}' as sold_at) from {{arrived}}",
    )
    change(
        folder,
        f"""
        alter table marts.customers add column note varchar default '{email} {name} {phone}';
        update marts.customers set source_records = 100000
        where customer_id = (select min(customer_id) from marts.customers)
        """,
    )
    return folder


def test_no_person_is_told_of(
    with_canaries: Paths, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("C360_DATA", str(with_canaries.root))
    checks = dg.Definitions(
        asset_checks=[gate_raw, gate_marts],
        jobs=[dg.define_asset_job("judge", selection=dg.AssetSelection.checks(*SPOILT))],
        resources={"folder": DataFolder(), "asked": Asked(as_of=DAY.isoformat())},
        executor=dg.in_process_executor,
    )
    with open_instance(with_canaries) as instance:
        run = checks.resolve_job_def("judge").execute_in_process(instance=instance, raise_on_error=False)
    results = run.get_asset_check_evaluations()
    broken = {result.asset_check_key for result in results if not result.passed}
    assert broken == set(SPOILT)
    told = capfd.readouterr()
    written = {
        str(file): file.read_bytes()
        for part in ("data_docs", "dagster", "landing")
        for file in (with_canaries.root / part).rglob("*")
        if file.is_file()
    }
    assert any(name.endswith(".db") for name in written) and any(name.endswith(".html") for name in written)
    for canary in CANARIES:
        assert canary not in told.out + told.err
        assert not [name for name, content in written.items() if canary.encode() in content]


def test_a_query_that_fails_tells_no_value(folder: Paths):
    email = CANARIES[0]
    rule = gxe.UnexpectedRowsExpectation(unexpected_rows_query="select cast(email as integer) from {batch}")
    with opened(folder.warehouse) as source:
        result = judge(source, "customers", f"select '{email}' as email", [rule], {})
    assert "could not be judged" in verdict_on(result).unmet[0]
    assert email not in str(result.to_json_dict()["results"])


def test_pages_open_without_a_network(folder: Paths):
    judged("raw", folder)
    judged("marts", folder)
    pages = list((folder.root / "data_docs").rglob("*.html"))
    assert len(pages) > 30
    for page in [*pages, *(folder.root / "data_docs").rglob("*.css")]:
        assert not LOADED.search(page.read_text()), page.name
    index = folder.root / "data_docs" / "index.html"
    links = re.findall(r'href="([^"#]+)"', index.read_text())
    assert len(links) > 30 and all((index.parent / link).exists() for link in links)


def test_pages_of_tables_that_no_longer_arrive_are_removed(folder: Paths):
    judged("raw", folder, "pos__store", "shopify__order")
    page: Path = folder.root / "data_docs" / "raw" / "pos__store.html"
    assert page.exists()
    change(folder, "drop view raw.pos__store")
    judged("raw", folder, "pos__store", accept_change=True)
    assert not page.exists()
    assert "pos__store" not in (page.parents[1] / "index.html").read_text()


def test_a_page_says_what_is_expected_and_what_was_found(folder: Paths):
    judged("marts", folder)
    page = (folder.root / "data_docs" / "marts" / "customers.html").read_text()
    assert "no customer has more than 1000 records" in page
    assert asked_for(DAY).day.isoformat() in page
