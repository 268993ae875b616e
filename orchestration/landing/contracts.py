"""What the source ymls under models/staging promise of each raw table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

PROJECT = Path(__file__).resolve().parents[2]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, where there is one: ten times as fast
OWN_SOURCE = "landing"  # what landing itself writes: no file of this system is ever delivered


@dataclass(frozen=True)
class Contract:
    """The columns of one raw table with their types, its key, and whether the figures are wrong without it."""

    system: str
    table: str
    columns: dict[str, str]
    key: tuple[str, ...]
    is_required: bool
    description: str = ""
    not_staged: str = ""  # why no model will ever read it; its files are looked at all the same

    @property
    def relation(self) -> str:
        """The name under which staging reads the table."""
        return f"raw.{self.system}__{self.table}"


@cache
def read_contracts(project: Path = PROJECT) -> list[Contract]:
    """Every contract of the project, ordered by system and table."""
    contracts = [
        _contract(source["name"], table) for source in _sources(project) for table in source["tables"]
    ]
    return sorted(contracts, key=lambda contract: (contract.system, contract.table))


@cache
def describe_systems(project: Path = PROJECT) -> dict[str, str]:
    """What each system is, as its source yml says."""
    return {source["name"]: _one_line(source.get("description", "")) for source in _sources(project)}


@cache
def _sources(project: Path) -> list[dict]:
    return [
        source
        for path in sorted((project / "models" / "staging").glob("*/*.yml"))
        for source in yaml.load(path.read_text(), _LOADER).get("sources", [])
        if source["name"] != OWN_SOURCE
    ]


def _contract(system: str, table: dict) -> Contract:
    meta = table["config"]["meta"]
    return Contract(
        system=system,
        table=table["name"],
        columns={column["name"]: column["data_type"] for column in table["columns"]},
        key=tuple(meta["key"]),
        is_required=meta.get("is_required", False),
        description=_one_line(table.get("description", "")),
        not_staged=_one_line(meta.get("not_staged", "")),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
