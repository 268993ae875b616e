"""What the source ymls promise of each raw table beyond its columns: what a gate holds it to without further ado."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from orchestration.dbt import MANIFEST
from orchestration.landing import read_contracts


@dataclass(frozen=True)
class Promise:
    """Of one raw table: what must be there in each row, its headline amount, and how often its source speaks."""

    system: str
    table: str
    description: str
    identifiers: tuple[str, ...]  # columns without which a row cannot be used
    is_required: bool
    amount: str | None
    spoke_at: str | None  # the column that tells when the source last spoke
    warn_after: timedelta | None
    error_after: timedelta | None

    @property
    def name(self) -> str:
        """Its name in the warehouse, and that of its own list under raw/."""
        return f"{self.system}__{self.table}"


def promises() -> dict[str, Promise]:
    """Every delivered table that a model reads, by its name in the warehouse."""
    delivered = {(contract.system, contract.table) for contract in read_contracts()}
    nodes = [
        node
        for node in MANIFEST["sources"].values()
        if (node["source_name"], node["name"]) in delivered and not _meta(node).get("not_staged")
    ]
    ordered = sorted(nodes, key=lambda node: (node["source_name"], node["name"]))
    return {promise.name: promise for promise in map(_promise, ordered)}


def _promise(node: dict[str, Any]) -> Promise:
    meta, freshness = _meta(node), node["freshness"] or {}
    return Promise(
        system=node["source_name"],
        table=node["name"],
        description=node["description"],
        identifiers=tuple(dict.fromkeys([*meta["key"], *meta.get("not_null", [])])),
        is_required=meta.get("is_required", False),
        amount=meta.get("money", {}).get("amount"),
        spoke_at=node["loaded_at_field"] if freshness else None,
        warn_after=_allowance(freshness.get("warn_after")),
        error_after=_allowance(freshness.get("error_after")),
    )


def _meta(node: dict[str, Any]) -> dict[str, Any]:
    return node["config"]["meta"]


def _allowance(threshold: dict[str, Any] | None) -> timedelta | None:
    """{count: 2, period: day}, as dbt has it, as a length of time."""
    if not threshold or not threshold["count"]:
        return None
    return timedelta(**{f"{threshold['period']}s": threshold["count"]})
