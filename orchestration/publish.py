"""Publishes the marts: a version is built aside and audited, then one symlink makes it current.

A kill at any step leaves the version before or the new one, whole. Readers need no warning: a file they hold
open stays readable after its version is gone, because Linux keeps an open file. With the marts goes a copy of the
identity registry, for the day on which the work file is lost: see orchestration/registry.py.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration.artefact import (
    STORAGE,
    PublishRefused,
    Table,
    audit,
    read_tables,
    refuse_personal_columns,
    text,
    write_file,
    write_parquet,
    write_registry,
)
from orchestration.expectations.figures import read_figures
from orchestration.lock import held
from orchestration.warehouse import DuckDBWarehouse, Paths, WarehouseBusy

FILES = {"marts": "marts.duckdb", "restricted": "pii.duckdb"}
# DuckDB names a file's catalog after the file and then finds `marts.customers` ambiguous; under this second name of the
# same file it is not. (A symlink would not do: DuckDB 2 names the catalog after its target.)
ALIAS = "customer_360.duckdb"
REGISTRY_FILE = "registry.parquet"  # the backup of the identity registry
OWNERS_ALONE = {FILES["restricted"], REGISTRY_FILE}
KEEP = 3  # versions: the current one, the one to go back to, and the one that slow readers are still in

Listener = Callable[[str], None]


@dataclass(frozen=True)
class Publication:
    """A published version; `tables` and `rows` count its marts, not what is restricted."""

    version: int
    as_of_date: date | None
    published_at: datetime
    tables: int
    rows: int

    @property
    def folder(self) -> str:
        """Its name in the serving folder."""
        return _folder(self.version)


def publish(
    warehouse: Path,
    serving: Path,
    as_of: date | None = None,
    raw: dict[str, Any] | None = None,
    after_step: Listener = lambda step: None,
) -> Publication:
    """Publish schemas `marts` and `restricted` of the work file as the next version, and make it current.

    `as_of` is the day the marts speak of, `raw` the figures of the raw tables that they were made of, with which the next
    run is compared; `after_step` hears the name of each step done.
    Raises `PublishRefused` when the marts are not fit to be read or another publisher is at work, and
    `WarehouseBusy` when another process holds the work file.
    """
    if not warehouse.is_file():
        raise PublishRefused(f"there is no warehouse at {warehouse}: build it first")
    with _only_publisher(serving):
        _sweep(serving)
        version = max(_versions(serving), default=0) + 1
        draft = serving / f".tmp-{_folder(version)}"
        draft.mkdir(mode=0o700)  # nobody looks in before the modes inside are right
        after_step("draft")
        publication, contents, registry = _copy(warehouse, draft, version, as_of, after_step)
        (draft / ALIAS).hardlink_to(draft / FILES["marts"])
        for schema, name in FILES.items():
            audit(draft / name, schema, contents[schema])
            after_step(f"audit of {name}")
        write_parquet(draft / FILES["marts"], contents["marts"], draft / "parquet")
        after_step("parquet")
        _write_manifest(draft, publication, contents, registry, raw or {})
        after_step("manifest")
        _seal(draft)
        after_step("seal")
        draft.rename(serving / publication.folder)
        _sync(serving)
        after_step("version")
        _make_current(serving, version, after_step)
        _retire(serving, after_step)
    return publication


def rollback(serving: Path, version: int | None = None) -> Publication:
    """Make `version` current again, or the one before the current; refuses one whose files have changed.

    What readers see goes back, the identity registry of the warehouse does not: ids that were given since may be in
    somebody's list already, and the next run would give them to others.
    """
    with _only_publisher(serving):
        known, current = _versions(serving), current_version(serving)
        target = version or max((v for v in known if current and v < current), default=0)
        if target not in known:
            wanted = f"version {version}" if version else f"version before {current or 'the first'}"
            raise PublishRefused(f"there is no {wanted}; there are: {sorted(known)}")
        folder = serving / _folder(target)
        _refuse_changed(folder, _manifest(folder)["files"])
        _make_current(serving, target)
    return _publication(folder)


def publications(serving: Path) -> list[Publication]:
    """Every version there is, oldest first."""
    return [_publication(serving / _folder(version)) for version in sorted(_versions(serving))]


def registry_backup(serving: Path, version: int | None = None) -> tuple[Publication, Path] | None:
    """The registry's copy in a publication, in the newest that has one unless told; None when none has.

    The newest and not the current: after a rollback the current one lacks ids that were given since.
    Raises `PublishRefused` when `version` has none, or when the file is not as it was published.
    """
    having = [
        v for v in sorted(_versions(serving)) if REGISTRY_FILE in _manifest(serving / _folder(v))["files"]
    ]
    if version is not None and version not in having:
        raise PublishRefused(f"there is no backup of the registry in version {version}; there are: {having}")
    if not having:
        return None
    folder = serving / _folder(version or having[-1])
    _refuse_changed(folder, [REGISTRY_FILE])
    return _publication(folder), folder / REGISTRY_FILE


def current_version(serving: Path) -> int | None:
    """The version that readers open now; None before the first."""
    link = serving / "current"
    return int(os.readlink(link).removeprefix("v")) if link.is_symlink() else None


def _copy(
    warehouse: Path, draft: Path, version: int, as_of: date | None, after_step: Listener
) -> tuple[Publication, dict[str, list[Table]], Table]:
    """Copy both schemas and the registry while the work file is held read-only, so that all speak of one moment."""
    with DuckDBWarehouse(warehouse, read_only=True) as work:
        contents = {schema: read_tables(work, schema) for schema in FILES}
        if not contents["marts"]:
            raise PublishRefused("schema marts has no tables: build the marts first")
        refuse_personal_columns(contents["marts"])
        published_at = datetime.now(UTC).replace(microsecond=0)
        for schema, name in FILES.items():
            tables = contents[schema]
            this = Publication(version, as_of, published_at, len(tables), sum(table.rows for table in tables))
            write_file(work, schema, tables, draft / name, _as_row(this))
            after_step(name)
        registry = write_registry(work, draft / REGISTRY_FILE)
        after_step(REGISTRY_FILE)
    marts = contents["marts"]
    publication = Publication(version, as_of, published_at, len(marts), sum(table.rows for table in marts))
    return publication, contents, registry


def _as_row(publication: Publication) -> str:
    as_of = text(publication.as_of_date) if publication.as_of_date else "null"
    return f"""select
        {publication.version}::integer as version, {as_of}::date as as_of_date,
        {text(publication.published_at)}::timestamptz as published_at,
        {publication.tables}::integer as tables, {publication.rows}::bigint as rows"""


def _write_manifest(
    draft: Path,
    publication: Publication,
    contents: dict[str, list[Table]],
    registry: Table,
    raw: dict[str, Any],
) -> None:
    manifest = asdict(publication) | {
        "engine": {"duckdb": duckdb.__version__, "storage": STORAGE},
        "contents": {
            schema: {table.name: _facts(table) for table in tables} for schema, tables in contents.items()
        },
        "registry": _facts(registry),
        "raw": raw,
        "files": {str(f.relative_to(draft)): _sha256(f) for f in sorted(draft.rglob("*")) if f.is_file()},
    }
    (draft / "manifest.json").write_text(json.dumps(manifest, indent=2, default=str) + "\n")


def _facts(table: Table) -> dict[str, Any]:
    """What the manifest says of a table."""
    return {"rows": table.rows, "checksum": table.checksum}


def _seal(draft: Path) -> None:
    """Set the modes (restricted files are their owner's alone) and put every byte on the disk."""
    for path in sorted(draft.rglob("*"), reverse=True):
        path.chmod(0o755 if path.is_dir() else 0o600 if path.name in OWNERS_ALONE else 0o444)
        _sync(path)
    draft.chmod(0o750)
    _sync(draft)


def _make_current(serving: Path, version: int, after_step: Listener = lambda step: None) -> None:
    link = serving / ".tmp-current"
    link.unlink(missing_ok=True)
    link.symlink_to(_folder(version))
    after_step("link")
    link.replace(serving / "current")
    _sync(serving)
    after_step("current")


def _retire(serving: Path, after_step: Listener) -> None:
    """Delete the oldest versions, each moved out of sight first: a kill leaves no half of one."""
    for version in sorted(_versions(serving) - {current_version(serving)})[: 1 - KEEP]:
        retired = (serving / _folder(version)).rename(serving / f".tmp-retired-{_folder(version)}")
        after_step(f"retire v{version}")
        shutil.rmtree(retired)
        after_step(f"delete v{version}")


def _only_publisher(serving: Path) -> AbstractContextManager[None]:
    """Hold the serving folder against a second publisher."""
    return held(
        serving / ".lock",
        lambda process: PublishRefused(
            f"another publisher (process {process}) is at work in {serving}: wait until it ends"
        ),
    )


def _sweep(serving: Path) -> None:
    """Remove what a killed publisher left."""
    for left in serving.glob(".tmp-*"):
        if left.is_symlink():
            left.unlink()
        else:
            shutil.rmtree(left)


def _folder(version: int) -> str:
    return f"v{version:06d}"


def _versions(serving: Path) -> set[int]:
    return {int(path.name[1:]) for path in serving.glob("v*") if re.fullmatch(r"v\d{6,}", path.name)}


def _manifest(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text())


def _publication(folder: Path) -> Publication:
    facts = _manifest(folder)
    return Publication(
        version=facts["version"],
        as_of_date=date.fromisoformat(facts["as_of_date"]) if facts["as_of_date"] else None,
        published_at=datetime.fromisoformat(facts["published_at"]),
        tables=facts["tables"],
        rows=facts["rows"],
    )


def _refuse_changed(folder: Path, names: Iterable[str]) -> None:
    """Raise `PublishRefused` when one of these files of a version is not what its manifest says."""
    published = _manifest(folder)["files"]
    changed = [name for name in names if _sha256(folder / name) != published[name]]
    if changed:
        raise PublishRefused(f"{folder.name} is not as it was published: {', '.join(changed)}")


def _sha256(file: Path) -> str:
    """The digest of a file; empty when there is none."""
    if not file.is_file():
        return ""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def main(arguments: list[str] | None = None) -> None:
    """Publish the marts of $C360_DATA; or list what is published; or roll back."""
    parser = argparse.ArgumentParser(prog="python -m orchestration.publish", description=main.__doc__)
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="the day the marts speak of")
    parser.add_argument("--list", action="store_true", help="show every version, the current one marked")
    parser.add_argument(
        "--rollback", type=int, nargs="?", const=0, metavar="N", help="back to version N, or by one"
    )
    options, paths = parser.parse_args(arguments), Paths()
    try:
        if options.list:
            shown = publications(paths.serving)
        elif options.rollback is not None:
            shown = [rollback(paths.serving, options.rollback or None)]
        else:
            shown = [publish(paths.warehouse, paths.serving, options.as_of, read_figures(paths))]
    except (PublishRefused, WarehouseBusy) as error:
        raise SystemExit(f"publish: {error}") from error
    current = current_version(paths.serving)
    for p in shown:
        print(
            f"{'*' if p.version == current else ' '} {p.folder}  {p.tables} tables, {p.rows:,} rows,",
            f"as of {p.as_of_date or 'no date'}, published {p.published_at:%Y-%m-%d %H:%M} UTC",
        )


if __name__ == "__main__":
    main()
