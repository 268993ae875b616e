"""One delivered file as landing sees it, and how SQL names files and columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

FORMATS = {".parquet": "parquet", ".csv": "csv", ".csv.gz": "csv", ".jsonl": "jsonl"}
VERDICTS = {
    "landed": "it is read",
    "duplicate": "its content is that of another file of the table: it is not read a second time",
    "waiting": "it may still be being written: the next landing looks again",
    "refused": "it cannot be read, and nothing of it is",
}


@dataclass(frozen=True)
class LandedFile:
    """One delivered file: what it holds, how that differs from the contract, and what became of it.

    `columns` are as written in the file, in its order, each with its type there; `reason` says why a file is not read.
    """

    path: Path
    format: str
    size: int  # bytes
    modified_ns: int = 0  # when it last changed, nanoseconds since 1970
    sha256: str = ""  # of its bytes; empty when it could not be read
    rows: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()  # (the file's name, the contract's): a guess, never acted upon
    retyped: tuple[tuple[str, str], ...] = ()  # (the contract's name, the type in the file)
    verdict: str = "landed"
    reason: str = ""


def file_format(path: Path) -> str:
    """`parquet`, `csv` or `jsonl` by the end of the name; nothing for any other."""
    fitting = [suffix for suffix in FORMATS if path.name.lower().endswith(suffix)]
    return FORMATS[max(fitting, key=len)] if fitting else ""


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


def quoted(text: object) -> str:
    """Text for a single-quoted SQL literal: file and column names are data, never SQL."""
    return str(text).replace("'", "''")


def identifier(name: str) -> str:
    """A column name as a double-quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
