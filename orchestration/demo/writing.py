"""Raw files as loaders leave them, and the count of every row written."""

import gzip
import io
import shutil
from collections import Counter
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

BOM = b"\xef\xbb\xbf"


class Raw:
    """Writes `raw/<system>/<table>/<name>.<format>` and remembers rows per table in `rows`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: Counter[str] = Counter()
        # One thread keeps the order of the rows, and so the bytes.
        self._json = duckdb.connect(config={"threads": 1})

    def parquet(self, table: str, name: str, rows: pa.Table) -> None:
        """Write one Parquet file of `system.table`; a file without rows is not delivered."""
        if path := self._path(table, f"{name}.parquet", rows.num_rows):
            # Without the Arrow schema a dictionary is text to every reader, as in files of other loaders.
            pyarrow.parquet.write_table(rows, path, compression="zstd", store_schema=False)

    def csv(self, table: str, name: str, rows: pa.Table, *, bom: bool = False, packed: bool = False) -> None:
        """Write one CSV file, with a byte order mark or gzipped if asked; nulls are left empty."""
        if path := self._path(table, f"{name}.csv.gz" if packed else f"{name}.csv", rows.num_rows):
            text = io.BytesIO(BOM if bom else b"")
            text.seek(0, io.SEEK_END)
            pyarrow.csv.write_csv(rows, text, pyarrow.csv.WriteOptions(quoting_style="needed"))
            # A gzip header carries the time of writing unless told otherwise.
            path.write_bytes(gzip.compress(text.getvalue(), 6, mtime=0) if packed else text.getvalue())

    def jsonl(self, table: str, name: str, rows: pa.Table) -> None:
        """Write one file of JSON objects, a line each."""
        if path := self._path(table, f"{name}.jsonl", rows.num_rows):
            self._json.register("rows_to_write", rows)
            target = str(path).replace("'", "''")
            self._json.execute(f"copy (select * from rows_to_write) to '{target}' (format json)")
            self._json.unregister("rows_to_write")

    def copy(self, table: str, file: Path, name: str) -> None:
        """Deliver a Parquet file that is already written."""
        rows = pyarrow.parquet.read_metadata(file).num_rows
        if path := self._path(table, f"{name}.parquet", rows):
            shutil.copyfile(file, path)

    def _path(self, table: str, file: str, rows: int) -> Path | None:
        if not rows:
            return None
        self.rows[table] += rows
        path = self.folder.joinpath(*table.split("."), file)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path
