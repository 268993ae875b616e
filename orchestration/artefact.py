"""A published file: tables of the work file, copied with their comments and audited as readers find them."""

import re
from pathlib import Path
from typing import NamedTuple

from orchestration.warehouse import DuckDBWarehouse

STORAGE = "v1.4.0"  # today's BI drivers carry DuckDB 1.4, which cannot read the newest format
REGISTRY = ("intermediate", "int_identity__registry")  # the one table that raw data cannot make again

# A name that says a column holds personal data. Text is refused wherever the word stands; a number or a time
# only when the word ends its name: `phone` is refused as a bigint too, `emails_sent` is not. A flag never is.
PERSONAL_WORD = (
    r"(?:^|_)(?:e_?mails?|phones?|mobile_number|(?:first|last|full|given|family)_names?|surnames?"
    r"|birth_?da(?:te|y)|date_of_birth|address(?:es)?_?\d*|street|post_?code)"
)
EMAIL_ADDRESS = r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}"


class PublishRefused(RuntimeError):
    """Nothing was published, and `current` is what it was."""


class Column(NamedTuple):
    """A column as the catalogue describes it."""

    name: str
    type: str
    comment: str | None


class Table(NamedTuple):
    """A table by what an audit compares: its columns, its rows, and a checksum free of their order."""

    name: str
    comment: str | None
    columns: tuple[Column, ...]
    rows: int
    checksum: str


def read_tables(db: DuckDBWarehouse, schema: str, only: str = "") -> list[Table]:
    """The tables of a schema in the file that `db` opened, or `only` one, in order of their names; scans each once."""
    here = f"database_name = current_database() and schema_name = {text(schema)}"
    if only:
        here += f" and table_name = {text(only)}"
    columns: dict[str, list[Column]] = {}
    for table, *column in db.query(f"""
        select table_name, column_name, data_type, comment
        from duckdb_columns()
        where {here}
        order by table_name, column_index
    """):
        columns.setdefault(table, []).append(Column(*column))
    tables = db.query(f"select table_name, comment from duckdb_tables() where {here} order by table_name")
    return [
        Table(name, comment, tuple(columns[name]), *_checksum(db, _relation(db, schema, name), columns[name]))
        for name, comment in tables
    ]


def write_file(work: DuckDBWarehouse, schema: str, tables: list[Table], file: Path, publication: str) -> None:
    """Copy tables of the work file into `file`, beside a table `publication` made by the SQL of that name."""
    work.execute(f"attach {text(file)} as artefact (read_write, storage_version {text(STORAGE)})")
    work.execute(f"create schema artefact.{schema}")
    for table in tables:
        target = f"artefact.{schema}.{quoted(table.name)}"
        work.execute(f"create table {target} as from {_relation(work, schema, table.name)}")
        if table.comment:
            work.execute(f"comment on table {target} is {text(table.comment)}")
        for column in table.columns:
            if column.comment:
                work.execute(f"comment on column {target}.{quoted(column.name)} is {text(column.comment)}")
    work.execute(f"create table artefact.{schema}.publication as {publication}")
    work.execute(f"comment on table artefact.{schema}.publication is 'Which version this file is. One row.'")
    work.execute("detach artefact")


def write_parquet(marts: Path, tables: list[Table], folder: Path) -> None:
    """Write each mart of the file `marts` to `folder`/<mart>/, and compare what Parquet gives back."""
    with DuckDBWarehouse(marts, read_only=True) as db:
        for table in tables:
            file = folder / table.name / "part-0.parquet"
            file.parent.mkdir(parents=True)
            _copy_to_parquet(db, "marts", table, file)


def write_registry(work: DuckDBWarehouse, file: Path) -> Table:
    """Copy the identity registry of the work file to a Parquet file. Raises `PublishRefused` when there is none."""
    schema, name = REGISTRY
    for table in read_tables(work, schema, only=name):
        _copy_to_parquet(work, schema, table, file)
        return table
    raise PublishRefused(f"there is no identity registry ({schema}.{name}): build the identity layer first")


def _copy_to_parquet(db: DuckDBWarehouse, schema: str, table: Table, file: Path) -> None:
    """Copy one table, and compare what Parquet gives back."""
    relation = _relation(db, schema, table.name)
    db.execute(f"copy {relation} to {text(file)} (format parquet, compression zstd)")
    if _checksum(db, f"read_parquet({text(file)})", table.columns) != (table.rows, table.checksum):
        raise PublishRefused(f"{table.name} is not the same in Parquet: has it a type Parquet lacks?")


def audit(file: Path, schema: str, expected: list[Table]) -> None:
    """Reopen a file as its readers will; refuse it unless it holds `expected` and nothing else."""
    with DuckDBWarehouse(file, read_only=True) as db:
        found = [table for table in read_tables(db, schema) if table.name != "publication"]
        strangers = db.query(f"select table_name from duckdb_tables() where schema_name <> {text(schema)}")
        wrong = {table.name for table in {*found} ^ {*expected}} | {name for (name,) in strangers}
        if wrong:
            raise PublishRefused(f"{file.name} differs from the warehouse in {', '.join(sorted(wrong))}")
        if schema == "marts":
            refuse_personal_columns(found)
            _refuse_email_addresses(db, found)


def refuse_personal_columns(marts: list[Table]) -> None:
    """Raise `PublishRefused` when a column of a mart is named, or typed, for personal data."""
    personal = [
        f"{table.name}.{column.name}" for table in marts for column in table.columns if _is_personal(column)
    ]
    if personal:
        raise PublishRefused(
            f"personal data in schema marts: {', '.join(personal)}. "
            "It belongs in schema restricted; a column that holds none needs another name"
        )


def _is_personal(column: Column) -> bool:
    if column.type == "BOOLEAN":
        return False
    is_text = re.search(r"VARCHAR|BLOB|JSON|STRUCT|MAP|\[\]", column.type)
    pattern = PERSONAL_WORD + (r"(?:_|$)" if is_text else "$")
    names = [column.name, *re.findall(r"\w+", column.type)]  # the type of a struct names its fields
    return any(re.search(pattern, name.lower()) for name in names)


def _refuse_email_addresses(db: DuckDBWarehouse, marts: list[Table]) -> None:
    """A harmless name can still hold e-mail addresses. The message says where, never which."""
    for table in marts:
        texts = [quoted(c.name) for c in table.columns if "VARCHAR" in c.type or c.type == "JSON"]
        if not texts:
            continue
        looks_like = (
            "contains({0}::varchar, '@') and regexp_matches({0}::varchar, {1})"  # the first is the fast one
        )
        counts = [f"count_if({looks_like.format(name, text(EMAIL_ADDRESS))})" for name in texts]
        (found,) = db.query(f"select {', '.join(counts)} from {_relation(db, 'marts', table.name)}")
        leaks = [
            f"{table.name}.{name} in {rows} rows" for name, rows in zip(texts, found, strict=True) if rows
        ]
        if leaks:
            raise PublishRefused(f"e-mail addresses in schema marts: {', '.join(leaks)}")


def _checksum(
    db: DuckDBWarehouse, relation: str, columns: list[Column] | tuple[Column, ...]
) -> tuple[int, str]:
    """Rows and the sum of their hashes, in one scan; the casts bring Parquet's types back to the table's."""
    typed = ", ".join(f"{quoted(c.name)}::{c.type} as {quoted(c.name)}" for c in columns)
    ((rows, total),) = db.query(f"""
        select count(*), coalesce(sum(hash(t)::hugeint), 0)::varchar
        from (select {typed} from {relation}) as t
    """)
    return rows, total


def _relation(db: DuckDBWarehouse, schema: str, table: str) -> str:
    """The full name: `marts.customers` alone is ambiguous in a file that is itself called marts."""
    ((catalog,),) = db.query("select current_database()")
    return f"{quoted(catalog)}.{quoted(schema)}.{quoted(table)}"


def text(value: object) -> str:
    """An SQL literal, whatever apostrophes it holds."""
    return "'" + str(value).replace("'", "''") + "'"


def quoted(identifier: str) -> str:
    """An SQL identifier, whatever reserved word it is."""
    return '"' + identifier.replace('"', '""') + '"'
