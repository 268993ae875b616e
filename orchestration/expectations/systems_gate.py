"""Judges whether each source system still speaks, by the newest times that the raw gate found."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from orchestration.expectations.docs.site import Site
from orchestration.expectations.engine import opened
from orchestration.expectations.figures import Figures, read_figures
from orchestration.expectations.judge import judge
from orchestration.expectations.lists import SYSTEMS
from orchestration.expectations.promises import Promise
from orchestration.expectations.published import comparable_manifests
from orchestration.expectations.systems import Heard, expectations_of, heard
from orchestration.expectations.verdict import Verdict
from orchestration.expectations.wording import verdict_on
from orchestration.resources import Asked
from orchestration.warehouse import Paths


def judge_systems(paths: Paths, asked: Asked) -> Iterator[tuple[str, Verdict]]:
    """The verdict on each system, empty for one of which nothing arrived; writes the pages of Data Docs."""
    figures = {table: Figures.read(facts) for table, facts in read_figures(paths).items()}
    manifests, site = comparable_manifests(paths, asked), Site(paths, asked.day)
    with opened(paths.warehouse) as source:
        for system, promised in SYSTEMS.items():
            now, before = heard(promised, figures, asked.day), _heard_before(manifests, promised)
            if not now.times:
                site.forget("systems", system)
                yield system, Verdict()
                continue
            result = judge(source, system, now.query, expectations_of(promised, asked.day, before), {})
            verdict = replace(verdict_on(result), rows=len(now.times), spoke_at=max(now.times.values()))
            site.write("systems", system, "When its tables were last heard of.", result, verdict)
            yield system, verdict
    site.write_index()


def _heard_before(manifests: list[dict[str, Any]], promised: list[Promise]) -> Heard | None:
    if not manifests:
        return None
    figures = {table: Figures.read(facts) for table, facts in manifests[0].get("raw", {}).items()}
    return heard(promised, figures, date.fromisoformat(manifests[0]["as_of_date"]))
