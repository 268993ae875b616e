"""What the last landing found in each file: a file that has not changed since need not be read again."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.landing.files import LandedFile
from orchestration.warehouse import Paths

_KEPT = ["file", "format", "bytes", "modified_ns", "sha256", "rows", "columns", "verdict"]
Memory = dict[tuple[str, int, int], LandedFile]  # by path below raw/, size and time of change


def remember(paths: Paths) -> Memory:
    """The files that could be read. A refused one is looked at again: what was in its way may be gone without a trace in it."""
    try:
        with pq.ParquetFile(report_file(paths)) as report:
            rows = report.read(_KEPT).to_pylist()
        return {
            (row["file"], row["bytes"], row["modified_ns"]): LandedFile(
                path=paths.raw / row["file"],
                format=row["format"],
                size=row["bytes"],
                modified_ns=row["modified_ns"],
                sha256=row["sha256"],
                rows=row["rows"],
                columns=_columns(row["columns"]),
            )
            for row in rows
            if row["verdict"] in ("landed", "duplicate")
        }
    except (OSError, KeyError, pa.ArrowException):
        return {}  # there was none, or one of another time


@cache
def _columns(text: str) -> dict[str, str]:
    return json.loads(text)  # most files of a table have the same


def report_file(paths: Paths) -> Path:
    """Where landing writes what it found."""
    return paths.landing / "files.parquet"
