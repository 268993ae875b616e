"""What a file really holds, read from the file itself: its columns, its rows, and whether it can be read to the end."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.landing.contracts import Contract

_TELLING = (
    "Invalid Input Error",
    "Expected Number",
    "Value with unterminated",
    "Invalid unicode",
    "IO Error",
)

FORMATS = {".parquet": "parquet", ".csv": "csv", ".csv.gz": "csv", ".jsonl": "jsonl"}


@dataclass(frozen=True)
class LandedFile:
    """One delivered file: what it holds, how that differs from the contract, and why it was refused (empty: it was not)."""

    path: Path
    format: str
    size: int
    rows: int = 0
    columns: dict[str, str] = field(default_factory=dict)  # as written in the file, with its type there
    added: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    refusal: str = ""


def inspect(path: Path, contract: Contract) -> LandedFile:
    """Reads a header or footer, and text files to their end, so that nothing later can stumble over the file."""
    suffix = next((s for s in sorted(FORMATS, key=len, reverse=True) if path.name.lower().endswith(s)), "")
    size = path.stat().st_size
    file_format = FORMATS.get(suffix, "")
    try:
        if not file_format:
            raise ValueError(f"its name ends in none of {', '.join(FORMATS)}")
        if size == 0:
            raise ValueError("the file is empty")
        columns, rows = {"parquet": _parquet, "csv": _csv, "jsonl": _jsonl}[file_format](path)
        known = {column.lower() for column in columns}
        absent_key = [column for column in contract.key if column not in known]
        if absent_key:
            raise ValueError(
                f"its key column {', '.join(absent_key)} is missing; found: {', '.join(columns)[:200]}"
                + (" (is the delimiter a comma?)" if len(columns) == 1 else "")
            )
    except (ValueError, OSError, EOFError, csv.Error, duckdb.Error, pa.ArrowException) as error:
        return LandedFile(path, file_format, size, refusal=_one_line(error))
    return LandedFile(
        path,
        file_format,
        size,
        rows,
        columns,
        added=tuple(sorted(c for c in columns if c.lower() not in contract.columns)),
        missing=tuple(sorted(c for c in contract.columns if c not in known)),
    )


def _parquet(path: Path) -> tuple[dict[str, str], int]:
    footer = pq.ParquetFile(path)
    return {column.name: str(column.type) for column in footer.schema_arrow}, footer.metadata.num_rows


def _csv(path: Path) -> tuple[dict[str, str], int]:
    """Header and row count. Raises ValueError with the line of the first row whose number of values is not the header's."""
    opened = gzip.open if path.name.endswith(".gz") else open
    with opened(
        path, "rt", encoding="utf-8-sig", newline=""
    ) as lines:  # utf-8-sig: some write a byte-order mark
        header = next(csv.reader(lines), [])
    if len(set(header)) != len(header) or not all(header):
        raise ValueError(f"its header has an empty or a repeated name: {', '.join(header)[:200]}")
    if not _ends_with_newline(path):
        raise ValueError("its last row has no end of line, so it may still be being written or was cut off")
    every_value = ", ".join(
        f"count({identifier(name)})" for name in header
    )  # else a broken value could go unread
    rows = _one_row(f"select count(*), {every_value} from {csv_scan([path], header)}")[0]
    return dict.fromkeys(header, "text"), rows


def _jsonl(path: Path) -> tuple[dict[str, str], int]:
    lines = f"read_ndjson_objects('{quoted(path)}')"
    keys = _one_row(f"select list(distinct key) from (select unnest(json_keys(json)) as key from {lines})")[0]
    return dict.fromkeys(sorted(keys or []), "text"), _one_row(f"select count(*) from {lines}")[0]


def csv_scan(paths: list[Path], header: list[str]) -> str:
    """DuckDB's reading of CSV files that share this header: every column as text, nothing sniffed."""
    names = ", ".join(f"'{quoted(name)}': 'varchar'" for name in header)
    return (
        f"read_csv({path_list(paths)}, columns = {{{names}}}, header = true, auto_detect = false, "
        "delim = ',', quote = '\"', escape = '\"', nullstr = '', strict_mode = true)"
    )


def path_list(paths: list[Path]) -> str:
    """Paths as a SQL list literal."""
    return "[" + ", ".join(f"'{quoted(path)}'" for path in paths) + "]"


def _ends_with_newline(path: Path) -> bool:
    if path.name.endswith(".gz"):
        with gzip.open(path, "rb") as stream:
            last = b""
            while block := stream.read(1 << 20):
                last = block[-1:]
            return last == b"\n"
    with open(path, "rb") as plain:
        plain.seek(-1, io.SEEK_END)
        return plain.read(1) == b"\n"


def quoted(text: object) -> str:
    """Text for a single-quoted SQL literal: file and column names are data, never SQL."""
    return str(text).replace("'", "''")


def identifier(name: str) -> str:
    """A column name as a double-quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _one_row(query: str) -> tuple:
    with duckdb.connect() as connection:
        return connection.execute(query).fetchall()[0]


def _one_line(error: BaseException) -> str:
    """The error without the data: DuckDB quotes the offending line, which may hold a person's name, and gives long advice."""
    kept = [
        line.strip()
        for line in str(error).splitlines()
        if not isinstance(error, duckdb.Error) or line.startswith(_TELLING)
    ]
    return " ".join(kept)[:300] or type(error).__name__
