"""What arrived under raw/, table by table: the first step of a run."""

from collections.abc import Callable, Iterable, Iterator

import dagster as dg

from orchestration.landing import LandedFile, LandedTable, land, read_contracts
from orchestration.landing.land import count_verdicts, unknown_folders
from orchestration.landing.report import plain, renamings, retypings
from orchestration.resources import DataFolder
from orchestration.warehouse import open_warehouse

REPORT = dg.AssetKey(["landing", "file"])  # dbt's name for the relation of it
CONTRACTS = read_contracts()
NAMED = 20  # files, in one message: a supplier who errs errs a thousand times


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            [contract.system, contract.table],
            description=contract.description,
            group_name=f"raw_{contract.system}",
            kinds={"file"},
        )
        for contract in CONTRACTS
    ]
    + [
        dg.AssetSpec(
            REPORT,
            description="Every file that was delivered, with the verdict on it: landing/report.csv, and the mart landing_report.",
            group_name="landing",
        )
    ],
    check_specs=[
        dg.AssetCheckSpec(
            "files_accepted",
            asset=[contract.system, contract.table],
            blocking=True,
            description="No file was refused or has to wait. If one was refused and the figures are wrong without this table, "
            "nothing is published."
            if contract.is_required
            else "No file was refused or has to wait. The run goes on without those.",
        )
        for contract in CONTRACTS
    ]
    + [
        dg.AssetCheckSpec(
            "folders_known",
            asset=REPORT,
            description="Everything under raw/ lies in a folder with the name of a system and table.",
        )
    ],
)
def landing(folder: DataFolder) -> Iterator[dg.MaterializeResult]:
    """Looks at every file, points the raw relations at those that can be read, and says what was refused and why."""
    with open_warehouse(folder.paths) as warehouse:
        tables = land(folder.paths, warehouse)
    unknown = unknown_folders(folder.paths.raw)
    yield dg.MaterializeResult(
        asset_key=REPORT,
        metadata={
            **count_verdicts(tables),
            "rows": sum(table.rows for table in tables),
            "path": dg.MetadataValue.path(folder.paths.landing / "report.csv"),
        },
        check_results=[
            dg.AssetCheckResult(
                asset_key=REPORT,
                passed=not unknown,
                severity=dg.AssetCheckSeverity.WARN,
                metadata={"reason": f"no contract for raw/{', raw/'.join(unknown[:NAMED])}"}
                if unknown
                else {},
            )
        ],
    )
    yield from map(_as_result, tables)


def _as_result(table: LandedTable) -> dg.MaterializeResult:
    key = dg.AssetKey([table.contract.system, table.contract.table])
    refused, waiting = table.judged("refused"), table.judged("waiting")
    stops = bool(refused) and table.contract.is_required
    return dg.MaterializeResult(
        asset_key=key,
        metadata={
            "dagster/row_count": table.rows,
            **count_verdicts([table]),
            "bytes": sum(file.size for file in table.accepted),
            "arrived": bool(table.files),
            "added columns": _any(table, lambda file: plain(file.added)),
            "missing columns": _any(table, lambda file: file.missing),
            "probably renamed columns": _any(table, renamings),
            "retyped columns": _any(table, retypings),
        },
        check_results=[
            dg.AssetCheckResult(
                asset_key=key,
                passed=not refused and not waiting,
                severity=dg.AssetCheckSeverity.ERROR if stops else dg.AssetCheckSeverity.WARN,
                metadata={"reason": _reasons(refused + waiting)} if refused or waiting else {},
            )
        ],
    )


def _any(table: LandedTable, names: Callable[[LandedFile], Iterable[str]]) -> str:
    """What is said of any file that is read, once."""
    return ", ".join(sorted({name for file in table.accepted for name in names(file)})) or "none"


def _reasons(files: list[LandedFile]) -> str:
    told = [f"{file.path.name} {file.verdict}: {file.reason}" for file in files[:NAMED]]
    more = [f"and {len(files) - NAMED:,} more"] if len(files) > NAMED else []
    return "; ".join(told + more)
