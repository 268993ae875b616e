"""Hand-made files, good, odd and bad, of the table loyalty.member, each with the verdict that it deserves."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.warehouse import Paths

HEADER = "member_id,loyalty_number,email,first_name\n"
ROW = "1,2,ann@lee.example,Ann\n"
PRIVATE = ("ann@lee.example", "Ann", "Zo")  # what no message may quote


@dataclass(frozen=True)
class Case:
    """A file and what landing must make of it: the rows that it holds, or a part of the reason why it is not read."""

    name: str
    content: bytes | str | pa.Table
    rows: int = 0
    reason: str = ""

    @property
    def verdict(self) -> str:
        """No case is a duplicate of another, and all have lain still."""
        return "refused" if self.reason else "landed"


def put(paths: Paths, name: str, content: bytes | str | pa.Table) -> Path:
    """Delivers a file at raw/<name>."""
    path = paths.raw / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, pa.Table):
        pq.write_table(content, path)
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def parquet_bytes(table: pa.Table, **options) -> bytes:
    """The table as the bytes of a Parquet file."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, **options)
    return sink.getvalue().to_pybytes()
