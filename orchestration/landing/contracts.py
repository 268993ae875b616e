"""What the source ymls under models/staging promise of each raw table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Contract:
    """The columns of one raw table with their types, its key, and whether the figures are wrong without it."""

    system: str
    table: str
    columns: dict[str, str]
    key: tuple[str, ...]
    is_required: bool

    @property
    def relation(self) -> str:
        """The name under which staging reads the table."""
        return f"raw.{self.system}__{self.table}"


@cache
def read_contracts(project: Path = PROJECT) -> list[Contract]:
    """Every contract of the project, ordered by system and table."""
    contracts = []
    for path in sorted((project / "models" / "staging").glob("*/*.yml")):
        for source in yaml.safe_load(path.read_text()).get("sources", []):
            contracts += [_contract(source["name"], table) for table in source["tables"]]
    return sorted(contracts, key=lambda contract: (contract.system, contract.table))


def _contract(system: str, table: dict) -> Contract:
    meta = table["config"]["meta"]
    return Contract(
        system=system,
        table=table["name"],
        columns={column["name"]: column["data_type"] for column in table["columns"]},
        key=tuple(meta["key"]),
        is_required=meta.get("is_required", False),
    )
