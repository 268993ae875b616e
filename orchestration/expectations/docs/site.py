"""Writes $C360_DATA/data_docs/: a page a table and gate, and index.html, which lists them."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from great_expectations.core import ExpectationSuiteValidationResult
from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer
from great_expectations.render.view import DefaultJinjaPageView
from jinja2 import ChoiceLoader, FileSystemLoader

from orchestration.expectations.verdict import Verdict
from orchestration.warehouse import Paths

HERE = Path(__file__).parent
STYLE = "style.css"


class OfflineView(DefaultJinjaPageView):
    """The library's page in templates of our own, which ask for nothing from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.env.loader = ChoiceLoader([FileSystemLoader(HERE / "templates"), self.env.loader])  # type: ignore[list-item]


class Site:
    """The pages of one data folder. Of a validation it shows what it is given: `only_figures` comes before."""

    def __init__(self, paths: Paths, as_of: date) -> None:
        self.root = paths.root / "data_docs"
        self.as_of = as_of
        self.judged_at = datetime.now(UTC)
        self._view = OfflineView()
        self._renderer = ValidationResultsPageRenderer()

    def page(self, gate: str, table: str) -> Path:
        """Where the page of a table lies, once it is written."""
        return self.root / gate / f"{table}.html"

    def write(
        self, gate: str, table: str, about: str, result: ExpectationSuiteValidationResult, verdict: Verdict
    ) -> None:
        """Write the page of a table, and beside it the validation as JSON."""
        facts = {
            "gate": gate,
            "table": table,
            "about": about,
            "as_of": self.as_of.isoformat(),
            "judged_at": f"{self.judged_at:%Y-%m-%d %H:%M}",
            "rows": verdict.rows,
            "spoke_at": str(verdict.spoke_at or ""),
            "verdict": "stops" if verdict.broken else "doubtful" if verdict.doubtful else "fine",
            "judged": len(result.results),
            "unmet": len(verdict.unmet),
        }
        page = self.page(gate, table)
        page.parent.mkdir(parents=True, exist_ok=True)
        document = self._renderer.render(result)
        document.sections = document.sections[
            1:
        ]  # the first repeats the facts, and links to pages there are not
        page.write_text(self._view.render(document, facts=facts))
        page.with_suffix(".json").write_text(
            json.dumps(result.to_json_dict() | {"facts": facts}, indent=1, default=str)
        )

    def forget(self, gate: str, table: str) -> None:
        """Remove the page of a table that did not arrive: it would tell of another run."""
        self.page(gate, table).unlink(missing_ok=True)
        self.page(gate, table).with_suffix(".json").unlink(missing_ok=True)

    def write_index(self) -> Path:
        """List every page there is, gate by gate."""
        gates = {
            gate: [_facts(file) for file in sorted((self.root / gate).glob("*.json"))]
            for gate in ("systems", "raw", "marts")
        }
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / STYLE).write_text((HERE / "templates" / STYLE).read_text())
        index = self.root / "index.html"
        index.write_text(self._view.env.get_template("index.j2").render(gates=gates))
        return index


def _facts(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text())["facts"]
