"""What is in a file, read from the file itself: its columns, its rows, and whether it can be read to its end."""

from __future__ import annotations

import csv
import gzip
import io
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.landing.files import csv_scan, identifier, quoted

_MAGIC = b"PAR1"
_BLOCK = 1 << 20


class CutOff(ValueError):
    """The file ends before its content does: it was cut off, or somebody is still writing it."""


@dataclass(frozen=True)
class Content:
    """Columns in the file's order with their types there (`text` where the format has none), and the number of rows."""

    columns: dict[str, str]
    rows: int


def read_content(path: Path, file_format: str, duck: duckdb.DuckDBPyConnection) -> Content:
    """Reads a footer, and text files to their end, so that nothing later can stumble over the file.

    One DuckDB serves all files, each with a cursor of its own: opening one takes ten times as long as reading a small file.

    Raises ValueError with the reason in plain words, never with a value of the data; `CutOff` when the end is missing.
    """
    try:
        if not path.stat().st_size:
            raise CutOff("the file is empty")
        return {"parquet": _parquet, "csv": _csv, "jsonl": _jsonl}[file_format](path, duck)
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8 (byte {error.start + 1:,}): save it as UTF-8") from None
    except EOFError:
        raise CutOff("its gzip stream ends without an end-of-stream marker: it was cut off") from None
    except gzip.BadGzipFile:
        raise ValueError("its name ends in .gz, but it is not whole gzip") from None
    except OSError as error:
        raise ValueError(f"it cannot be opened: {error.strerror or type(error).__name__}") from None
    except csv.Error as error:
        raise ValueError(f"its header cannot be read: {error}") from None
    except duckdb.Error as error:
        raise _told(error) from None


def _parquet(path: Path, _: duckdb.DuckDBPyConnection) -> Content:
    size = path.stat().st_size
    with open(path, "rb") as stream:
        if not _MAGIC.startswith(stream.read(len(_MAGIC))):
            raise ValueError("it is not a Parquet file")
        if size < 12 or stream.seek(-len(_MAGIC), io.SEEK_END) and stream.read() != _MAGIC:
            raise CutOff("it has no Parquet footer: it was cut off")
    try:
        with pq.ParquetFile(path) as file:
            schema, metadata = file.schema_arrow, file.metadata
    except (pa.ArrowException, OSError):
        raise ValueError("its Parquet footer cannot be read") from None
    _check_names(schema.names)
    if metadata.num_row_groups:
        last = metadata.row_group(metadata.num_row_groups - 1)
        if any(_end(last.column(index)) > size for index in range(last.num_columns)):
            raise CutOff("its Parquet footer names data beyond its end: a part is missing")
    return Content({field.name: _type_name(field.type) for field in schema}, metadata.num_rows)


def _end(column: pq.ColumnChunkMetaData) -> int:
    start = column.dictionary_page_offset if column.has_dictionary_page else column.data_page_offset
    return start + column.total_compressed_size


def _type_name(data_type: pa.DataType) -> str:
    """The type without what only matters in memory."""
    if pa.types.is_dictionary(data_type):
        data_type = data_type.value_type
    is_text = pa.types.is_large_string(data_type) or pa.types.is_string_view(data_type)
    return "string" if is_text else str(data_type)


def _csv(path: Path, duck: duckdb.DuckDBPyConnection) -> Content:
    if not _ends_with_newline(path):
        raise CutOff("its last row has no end of line: it was cut off, or lacks a line feed at its end")
    # utf-8-sig: some write a byte-order mark
    with _opened(path) as stream, io.TextIOWrapper(stream, "utf-8-sig", newline="") as lines:
        header = next(csv.reader(lines), [])
    if not header:
        raise ValueError("its first line is blank: the column names belong there")
    _check_names(header)
    every_value = ", ".join(f"count({identifier(name)})" for name in header)  # else a broken one goes unread
    rows = _one_row(duck, f"select count(*), {every_value} from {csv_scan([path], header)}")[0]
    return Content(dict.fromkeys(header, "text"), rows)


def _jsonl(path: Path, duck: duckdb.DuckDBPyConnection) -> Content:
    is_ended = _ends_with_newline(path)
    lines = f"read_ndjson_objects('{quoted(path)}')"
    try:
        rows, objects, clear = _one_row(
            duck,
            "select count(*), count(*) filter (kind = 'OBJECT'), count(*) filter (len(keys) = len(list_distinct(keys))) "
            f"from (select json_type(json) as kind, json_keys(json) as keys from {lines})",
        )
        keys = _one_row(
            duck,
            f"select list(distinct key order by key) from (select unnest(json_keys(json)) as key from {lines})",
        )[0]
    except duckdb.Error as error:
        if not is_ended:
            raise CutOff("its last line is no whole JSON object: it was cut off") from None
        raise _told(error) from None
    if objects < rows:
        raise ValueError(f"{rows - objects:,} of its {rows:,} lines are no JSON objects: one {{...}} a line")
    if clear < rows:
        raise ValueError(f"{rows - clear:,} of its {rows:,} lines name a key twice")
    _check_names(keys or [])
    return Content(dict.fromkeys(keys or [], "text"), rows)


def _check_names(names: list[str]) -> None:
    """Raises ValueError for a name that is empty or, without regard to case, not the only one: SQL could not tell them apart."""
    lowered = [name.lower() for name in names]
    for position, name in enumerate(lowered):
        if not name or name in lowered[:position]:
            raise ValueError(
                f"its column {position + 1} has {'a repeated name' if name else 'an empty name'}"
            )


def _ends_with_newline(path: Path) -> bool:
    """Reads the bytes to their end. Raises ValueError when they are not those of lines of text."""
    last, feeds, returns = b"", False, False
    with _opened(path) as stream:
        while block := stream.read(_BLOCK):
            if b"\0" in block:
                raise ValueError("it holds NUL bytes: it is not UTF-8 (UTF-16?), or damaged")
            last, feeds, returns = block[-1:], feeds or b"\n" in block, returns or b"\r" in block
    if not last:
        raise CutOff("the file is empty")
    if returns and not feeds:
        raise ValueError("its lines end in a carriage return alone: save it with line feeds")
    return last == b"\n"


def _opened(path: Path) -> gzip.GzipFile | io.BufferedReader:
    return gzip.open(path, "rb") if path.name.lower().endswith(".gz") else open(path, "rb")


def _one_row(duck: duckdb.DuckDBPyConnection, query: str) -> tuple:
    with duck.cursor() as connection:
        return connection.execute(query).fetchall()[0]


def _told(error: duckdb.Error) -> ValueError:
    """DuckDB's error without the data: it quotes the offending line, which may hold a person's name, and gives long advice."""
    said = str(error)
    line = re.search(r"CSV Error on Line: (\d+)", said)
    where = f" in line {int(line[1]):,}" if line else ""
    if counted := re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", said):
        return ValueError(f"it has {counted[2]} values{where}, and {counted[1]} in its header")
    if "unterminated quote" in said:
        return CutOff(f"a quote is opened{where} and not closed, or text follows a closing quote")
    if "not utf-8" in said.lower() or "invalid UTF-8" in said:
        return ValueError(f"it is not UTF-8{where}: save it as UTF-8")
    if "maximum" in said.lower() and line:
        return ValueError(f"a row is too long{where}: is a quote missing?")
    if "byte order mark" in said:
        return ValueError("it begins with a byte-order mark, which JSON does not allow")
    if "JSON" in said:
        at = re.search(r"in line (\d+)", said)
        return ValueError(f"malformed JSON{f' near line {int(at[1]):,}' if at else ''}: one {{...}} a line")
    if "state machine" in said:
        return ValueError("its lines end in different ways, or a quote stands in the wrong place")
    return ValueError(f"DuckDB cannot read it ({type(error).__name__})")
