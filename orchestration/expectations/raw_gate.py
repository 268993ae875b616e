"""Judges what arrived, table by table, by itself and beside the last publications."""

from collections.abc import Iterator
from datetime import date, timedelta

from orchestration.expectations.arrived import arrived_tables
from orchestration.expectations.docs.site import Site
from orchestration.expectations.engine import opened
from orchestration.expectations.every_raw_table import LARGE, expectations_of
from orchestration.expectations.figures import write_figures
from orchestration.expectations.judge import judge
from orchestration.expectations.lists import PROMISED, own_list, tables
from orchestration.expectations.published import comparable_manifests, raw_figures
from orchestration.expectations.verdict import Verdict
from orchestration.expectations.wording import figures_of, verdict_on
from orchestration.resources import Asked
from orchestration.warehouse import Paths, open_warehouse

NO_ROWS = "select null as nothing where false"


def judge_raw(paths: Paths, asked: Asked, selected: list[str]) -> Iterator[tuple[str, Verdict]]:
    """The verdict on each selected table, empty for one that never arrived.

    Keeps the figures for the publication, and writes the pages of Data Docs.
    """
    known = {"first_day": date(1990, 1, 1), "last_day": asked.day + timedelta(days=1)}
    manifests, site = comparable_manifests(paths, asked), Site(paths, asked.day)
    with open_warehouse(paths, read_only=True) as warehouse:
        arrived = arrived_tables(paths, warehouse, PROMISED, asked.day)
    figures = dict.fromkeys(selected)
    with opened(paths.warehouse) as source:
        for table in selected:
            before = raw_figures(manifests, table)
            if table not in arrived and not before:
                site.forget("raw", table)
                yield table, Verdict()
                continue
            expectations = expectations_of(PROMISED[table], before) + own_list("raw", table)
            result = judge(source, table, arrived.get(table, NO_ROWS), expectations, known)
            verdict = verdict_on(result, LARGE)
            site.write("raw", table, tables("raw")[table], result, verdict)
            if table in arrived:
                figures[table] = figures_of(result)
            yield table, verdict
    write_figures(paths, figures)
    site.write_index()
