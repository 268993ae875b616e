"""What arrived under raw/, table by table: the first step of a run."""

from collections.abc import Iterator

import dagster as dg

from orchestration.dbt import MANIFEST
from orchestration.landing import LandedTable, land, read_contracts
from orchestration.landing.land import unknown_folders
from orchestration.resources import DataFolder
from orchestration.warehouse import open_warehouse

REPORT = dg.AssetKey(["landing", "report"])
CONTRACTS = read_contracts()
DESCRIPTIONS = {
    (node["source_name"], node["name"]): node["description"] for node in MANIFEST["sources"].values()
}


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            [contract.system, contract.table],
            description=DESCRIPTIONS[contract.system, contract.table],
            group_name=f"raw_{contract.system}",
            kinds={"file"},
        )
        for contract in CONTRACTS
    ]
    + [
        dg.AssetSpec(
            REPORT, description="Every file that was delivered: landing/report.csv.", group_name="landing"
        )
    ],
    check_specs=[
        dg.AssetCheckSpec(
            "files_accepted",
            asset=[contract.system, contract.table],
            blocking=True,
            description="No file was refused. If one was and the figures are wrong without this table, nothing is published."
            if contract.is_required
            else "No file was refused. The run goes on without those that were.",
        )
        for contract in CONTRACTS
    ]
    + [
        dg.AssetCheckSpec(
            "folders_known",
            asset=REPORT,
            description="Every folder under raw/ has the name of a system and table.",
        )
    ],
)
def landing(folder: DataFolder) -> Iterator[dg.MaterializeResult]:
    """Looks at every file, points the raw relations at those that can be read, and says what was refused and why."""
    with open_warehouse(folder.paths) as warehouse:
        tables = land(folder.paths, warehouse)
    unknown = unknown_folders(folder.paths)
    yield dg.MaterializeResult(
        asset_key=REPORT,
        metadata={
            "files": sum(len(table.files) for table in tables),
            "rows": sum(table.rows for table in tables),
            "refused": sum(len(table.refused) for table in tables),
            "path": dg.MetadataValue.path(folder.paths.landing / "report.csv"),
        },
        check_results=[
            dg.AssetCheckResult(
                asset_key=REPORT,
                passed=not unknown,
                severity=dg.AssetCheckSeverity.WARN,
                metadata={"reason": f"no contract for raw/{', raw/'.join(unknown)}"} if unknown else {},
            )
        ],
    )
    yield from map(_as_result, tables)


def _as_result(table: LandedTable) -> dg.MaterializeResult:
    added = sorted({column for file in table.accepted for column in file.added})
    missing = sorted({column for file in table.accepted for column in file.missing})
    refused = [f"{file.path.name}: {file.refusal}" for file in table.refused]
    key = dg.AssetKey([table.contract.system, table.contract.table])
    required = table.contract.is_required
    return dg.MaterializeResult(
        asset_key=key,
        metadata={
            "dagster/row_count": table.rows,
            "files": len(table.accepted),
            "bytes": sum(file.size for file in table.accepted),
            "arrived": bool(table.files),
            "added columns": ", ".join(added) or "none",
            "missing columns": ", ".join(missing) or "none",
            "refused": "; ".join(refused) or "none",
        },
        check_results=[
            dg.AssetCheckResult(
                asset_key=key,
                passed=not refused,
                severity=dg.AssetCheckSeverity.ERROR if required else dg.AssetCheckSeverity.WARN,
                metadata={"reason": "; ".join(refused)} if refused else {},
            )
        ],
    )
