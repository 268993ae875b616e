"""The identity registry: what it holds, and how a warehouse that lost it gets it back from a publication.

It is the one table that raw files cannot make again: which customer id each record was given, and in which run. Without
it every customer would get a new id. So each publication carries a copy, and a run that finds a warehouse without a
registry takes the newest copy before dbt starts. A rollback of what readers see never touches it: see `publish.rollback`.

On Spark the registry lies among Spark's own tables; publications, and so these copies, are made from DuckDB.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

from orchestration.artefact import REGISTRY, PublishRefused, text
from orchestration.publish import Publication, registry_backup
from orchestration.resources import AnotherRunAtWork, only_run
from orchestration.warehouse import DuckDBWarehouse, Paths, WarehouseBusy, open_warehouse

TABLE = ".".join(REGISTRY)


class RestoreRefused(RuntimeError):
    """Nothing was restored, and the registry is what it was."""


@dataclass(frozen=True)
class Figures:
    """What a registry holds. Every count is of distinct things; `runs` are those that changed anything."""

    rows: int
    records: int
    customers: int
    retired: int  # ids that records had once and none has now
    runs: int
    last_run: int

    def __str__(self) -> str:
        return (
            f"{self.rows:,} rows (runs: {self.runs:,}, the last is {self.last_run}); records: {self.records:,}, "
            f"customers: {self.customers:,}, retired ids: {self.retired:,}"
        )


@dataclass(frozen=True)
class Restored:
    """A registry as it was put back, and the publication that it came from."""

    figures: Figures
    backup: Publication

    def __str__(self) -> str:
        return (
            f"The identity registry was restored from {self.backup.folder}, published "
            f"{self.backup.published_at:%Y-%m-%d %H:%M} UTC: {self.figures}"
        )


def restore(paths: Paths, version: int | None = None, force: bool = False) -> Restored:
    """Put the registry of a publication, the newest unless told, back into the work file, in one transaction.

    Raises `RestoreRefused` when there is no such backup, when it is damaged, or when the present registry has rows that the
    backup lacks and `force` does not say to forget them; `WarehouseBusy` when another process holds the work file.
    """
    try:
        found = registry_backup(paths.serving, version)
    except PublishRefused as error:
        raise RestoreRefused(str(error)) from error
    if not found:
        raise RestoreRefused(f"no publication in {paths.serving} holds a backup of the registry")
    backup, file = found
    with DuckDBWarehouse(paths.warehouse) as warehouse:
        if warehouse.kind(TABLE) and not force:
            _refuse_to_forget(warehouse, file, backup)
        warehouse.execute("begin")
        warehouse.execute(f"create schema if not exists {REGISTRY[0]}")
        warehouse.execute(f"create or replace table {TABLE} as from read_parquet({text(file)})")
        # what was made of the registry before would keep the next run from looking at every group
        warehouse.execute(f"drop table if exists {REGISTRY[0]}.int_identity__settled_records")
        warehouse.execute("commit")
        return Restored(read_figures(warehouse), backup)


def restore_if_lost(paths: Paths) -> Restored | None:
    """Restore the newest backup into a work file that has no registry, or that is not there; None when nothing was lost.

    A run asks this before dbt starts, whatever part of it was selected: so ids outlive the loss of the file, and a new
    machine that was given the serving folder goes on with them. Raises `RestoreRefused` when the newest backup is damaged:
    whether an older one will do, which lacks ids that were given since, is for a person to say.
    """
    with open_warehouse(paths) as warehouse:
        if warehouse.engine != "duckdb" or warehouse.kind(TABLE):
            return None
    try:
        if not registry_backup(paths.serving):
            return None
    except PublishRefused as error:
        raise RestoreRefused(
            f"the warehouse has no identity registry, and its newest backup cannot be used: {error}. Without it every "
            "customer gets a new id; `python -m orchestration.registry --restore VERSION` takes an older one"
        ) from error
    return restore(paths)


def read_figures(warehouse: DuckDBWarehouse, relation: str = TABLE) -> Figures:
    """The figures of a registry: of the work file's, or of a backup as a relation."""
    (figures,) = warehouse.query(f"""
        with
        newest as (select record_id, max_by(customer_id, run) as customer_id from {relation} group by record_id)

        select
            count(*),
            count(distinct record_id),
            (select count(distinct customer_id) from newest),
            count(distinct customer_id) - (select count(distinct customer_id) from newest),
            count(distinct run),
            coalesce(max(run), 0)
        from {relation}
    """)
    return Figures(*figures)


def _refuse_to_forget(warehouse: DuckDBWarehouse, file: Path, backup: Publication) -> None:
    ((rows, runs),) = warehouse.query(f"""
        select count(*), list_sort(list(distinct run))
        from (
            select record_id, customer_id, run from {TABLE}
            except
            select record_id, customer_id, run from read_parquet({text(file)})
        )
    """)
    if rows:
        raise RestoreRefused(
            f"the registry has {rows:,} rows, of run {', '.join(map(str, runs))}, that {backup.folder} lacks: their ids would be forgotten, and "
            "perhaps given to others. --force restores it all the same"
        )


def _status(paths: Paths) -> list[str]:
    """The registry and its last backup, in figures."""
    found = registry_backup(paths.serving)
    lines = [f"No registry in {paths.warehouse}: the next build restores it, or begins one."]
    if paths.warehouse.is_file():
        with DuckDBWarehouse(paths.warehouse, read_only=True) as warehouse:
            if warehouse.kind(TABLE):
                lines = [f"Registry: {read_figures(warehouse)}"]
    if not found:
        return [*lines, "Backup: none yet; each publication holds one."]
    backup, file = found
    with DuckDBWarehouse(Path(":memory:")) as memory:
        held = read_figures(memory, f"read_parquet({text(file)})")
    return [*lines, f"Backup in {backup.folder}, published {backup.published_at:%Y-%m-%d %H:%M} UTC: {held}"]


def main(arguments: list[str] | None = None) -> None:
    """Say what the identity registry of $C360_DATA holds and when it was last backed up; or restore it."""
    parser = argparse.ArgumentParser(prog="python -m orchestration.registry", description=main.__doc__)
    parser.add_argument(
        "--restore",
        type=int,
        nargs="?",
        const=0,
        metavar="VERSION",
        help="put back the registry of a publication, the newest unless told",
    )
    parser.add_argument(
        "--force", action="store_true", help="even if the present one has rows that the backup lacks"
    )
    options, paths = parser.parse_args(arguments), Paths()
    try:
        if options.restore is None:
            print(*_status(paths), sep="\n")
        else:
            with only_run(paths):
                print(restore(paths, options.restore or None, options.force))
    except (AnotherRunAtWork, PublishRefused, RestoreRefused, WarehouseBusy) as error:
        raise SystemExit(f"registry: {error}") from error


if __name__ == "__main__":
    main()
