"""Judges the marts, by themselves and beside the last publication."""

from collections.abc import Iterator

from orchestration.expectations.docs.site import Site
from orchestration.expectations.engine import opened
from orchestration.expectations.judge import judge
from orchestration.expectations.lists import own_list, tables
from orchestration.expectations.published import compared_with_published, quarantined_before
from orchestration.expectations.verdict import Verdict
from orchestration.expectations.wording import verdict_on
from orchestration.resources import Asked
from orchestration.warehouse import Paths


def judge_marts(paths: Paths, asked: Asked, selected: list[str]) -> Iterator[tuple[str, Verdict]]:
    """The verdict on each selected mart; writes the pages of Data Docs."""
    known, site = compared_with_published(paths, asked, selected), Site(paths, asked.day)
    queries = {table: f"select * from marts.{table}" for table in selected}
    if "reconciliation" in queries:
        queries["reconciliation"] += (
            f" left join ({quarantined_before(paths, asked)}) using (source_system, source_table)"
        )
    with opened(paths.warehouse) as source:
        for table, query in queries.items():
            result = judge(source, table, query, own_list("marts", table), known[table])
            verdict = verdict_on(result)
            site.write("marts", table, tables("marts")[table], result, verdict)
            yield table, verdict
    site.write_index()
