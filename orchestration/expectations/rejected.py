"""The gate after staging: a source of which too many rows cannot be used is not published around."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import dagster as dg

from orchestration.dbt import MANIFEST, FoldersAsGroups
from orchestration.expectations.lists import PROMISED
from orchestration.project_vars import project_vars
from orchestration.resources import DataFolder
from orchestration.warehouse import Paths, Warehouse, open_warehouse

CHECK = "rejected_share"
LARGE = 100  # rows; of fewer, a handful of bad ones is a large share, so they give a warning and stop nothing

COUNTS = """
    select
        raw.source_system || '__' || raw.source_table,
        raw.raw_rows,
        rejected.reason,
        coalesce(rejected.rejected_rows, 0)
    from (
        select source_system, source_table, sum(row_count) as raw_rows
        from staging.stg_landing__row_outcomes
        where outcome = 'raw'
        group by source_system, source_table
    ) as raw
    left join (
        select source_system, source_table, reason, count(*) as rejected_rows
        from staging.stg_landing__rejected_rows
        group by source_system, source_table, reason
    ) as rejected
        on raw.source_system = rejected.source_system
        and raw.source_table = rejected.source_table
    order by rejected.rejected_rows desc, rejected.reason
"""


@dataclass
class Delivered:
    """Of one raw table the rows that came, and by reason those that cannot be used."""

    rows: int = 0
    rejected: dict[str, int] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """What part of the rows cannot be used."""
        return sum(self.rejected.values()) / self.rows if self.rows else 0.0


def _staged() -> Iterator[tuple[str, dict[str, Any]]]:
    """The staging model of each raw table, as a node of the manifest."""
    sources = {
        unique_id: f"{source['source_name']}__{source['name']}"
        for unique_id, source in MANIFEST["sources"].items()
    }
    for node in MANIFEST["nodes"].values():
        if node["resource_type"] == "model" and node["fqn"][1] == "staging":
            read = [sources[parent] for parent in node["depends_on"]["nodes"] if parent in sources]
            if len(read) == 1 and read[0] in PROMISED:
                yield read[0], node


ASSETS = {table: FoldersAsGroups().get_asset_key(node) for table, node in _staged()}


@dg.multi_asset_check(
    specs=[
        dg.AssetCheckSpec(
            CHECK,
            asset=asset,
            description=f"Nearly all rows of raw.{table} can be used; those that cannot are in quarantine.",
            blocking=True,
        )
        for table, asset in ASSETS.items()
    ],
    name="gate_staging",
    can_subset=True,
)
def gate_staging(context: dg.AssetCheckExecutionContext, folder: DataFolder) -> Iterator[dg.AssetCheckResult]:
    """No source stops being readable unnoticed."""
    for result in rejected_results(folder.paths):
        if result.asset_key in {key.asset_key for key in context.selected_asset_check_keys}:
            yield result


def rejected_results(paths: Paths) -> list[dg.AssetCheckResult]:
    """The check of each staged table."""
    most = float(project_vars(paths)["max_rejected_share"])
    with open_warehouse(paths, read_only=True) as warehouse:
        delivered = _delivered(warehouse)
    return [_result(table, asset, delivered.get(table, Delivered()), most) for table, asset in ASSETS.items()]


def _delivered(warehouse: Warehouse) -> dict[str, Delivered]:
    tables: dict[str, Delivered] = {}
    for table, rows, reason, rejected in warehouse.query(COUNTS):
        one = tables.setdefault(table, Delivered(int(rows)))
        if reason:
            one.rejected[reason] = rejected
    return tables


def _result(table: str, asset: dg.AssetKey, delivered: Delivered, most: float) -> dg.AssetCheckResult:
    rejected = sum(delivered.rejected.values())
    reasons = ", ".join(f"{rows:,} {reason}" for reason, rows in delivered.rejected.items())
    return dg.AssetCheckResult(
        asset_key=asset,
        check_name=CHECK,
        passed=delivered.share <= most,
        severity=dg.AssetCheckSeverity.ERROR if delivered.rows >= LARGE else dg.AssetCheckSeverity.WARN,
        metadata={
            "rows": delivered.rows,
            "rejected": rejected,
            "share": delivered.share,
            "reason": f"{table.replace('__', '.')}: {rejected:,} of {delivered.rows:,} rows ({delivered.share:.1%}, more than {most:.0%}) "
            f"cannot be used: {reasons}"
            if delivered.share > most
            else reasons or "none",
        },
    )
