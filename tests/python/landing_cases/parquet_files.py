"""Files by the name of Parquet."""

import datetime
from decimal import Decimal

import pyarrow as pa

from landing_cases import HEADER, ROW, Case, parquet_bytes

MANY = pa.table({"member_id": [str(n) for n in range(1000)]})
WHOLE = parquet_bytes(MANY)
ONE = {"member_id": ["1"], "email": ["ann@lee.example"]}


def of(key: object, data_type: pa.DataType) -> pa.Table:
    """One member whose key has this type."""
    return pa.table({"member_id": pa.array([key], data_type), "note": [str(data_type)]})


def with_column(name: str, values: list, data_type: pa.DataType | None = None) -> pa.Table:
    """One member more than there are columns like this one."""
    return pa.table({"member_id": [str(n) for n in range(len(values))], name: pa.array(values, data_type)})


TWICE = pa.table([pa.array(["1"]), pa.array(["Ann"]), pa.array(["Zo"])], ["member_id", "email", "email"])

PARQUET = {
    "no byte at all": Case("empty.parquet", "", reason="empty"),
    "cut to its first letters": Case("head.parquet", b"PAR", reason="no Parquet footer"),
    "cut in the data": Case("cut_data.parquet", WHOLE[: len(WHOLE) // 2], reason="no Parquet footer"),
    "cut in the footer": Case("cut_footer.parquet", WHOLE[:-20], reason="no Parquet footer"),
    "cut in the last four bytes": Case("cut_magic.parquet", WHOLE[:-2], reason="no Parquet footer"),
    "a part in the middle missing": Case("hole.parquet", WHOLE[:200] + WHOLE[2200:], reason="missing"),
    "its footer overwritten": Case("footer.parquet", WHOLE[:-60] + b"\xff" * 40 + WHOLE[-20:], reason="footer cannot be read"),
    "not Parquet but by name": Case("name_only.parquet", HEADER + ROW, reason="not a Parquet file"),
    "its first and last letters only": Case("magic.parquet", b"PAR1 but not really PAR1", reason="footer cannot be read"),
    "no rows": Case("no_rows.parquet", MANY.slice(0, 0), rows=0),
    "no columns": Case("no_columns.parquet", pa.table({}), reason="member_id is missing"),
    "other order of columns": Case("order.parquet", pa.table(dict(reversed(ONE.items()))), rows=1),
    "upper-case names": Case("upper.parquet", pa.table({"MEMBER_ID": ["1"], "EMAIL": ["ann@lee.example"]}), rows=1),
    "a name twice": Case("twice.parquet", TWICE, reason="column 3 has a repeated name"),
    "no key": Case("no_key.parquet", pa.table({"email": ["ann@lee.example"]}), reason="1 of its 1 columns are known"),
    "a key of whole numbers": Case("key_int.parquet", of(1, pa.int64()), rows=1),
    "a key of floats": Case("key_float.parquet", of(2.0, pa.float64()), rows=1),
    "a key of decimals": Case("key_decimal.parquet", of(Decimal(3), pa.decimal128(10, 0)), rows=1),
    "a key of dates": Case("key_date.parquet", of(datetime.date(2026, 1, 1), pa.date32()), rows=1),
    "a key of bytes": Case("key_bytes.parquet", of(b"4", pa.binary()), rows=1),
    "a key of categories": Case("key_category.parquet", of("5", pa.dictionary(pa.int32(), pa.string())), rows=1),
    "large strings": Case("large.parquet", of("6", pa.large_string()), rows=1),
    "a struct": Case("struct.parquet", with_column("first_name", [{"given": "Ann"}]), rows=1),
    "a list": Case("list.parquet", with_column("first_name", [["Ann", "Zo"], []]), rows=2),
    "a map": Case("map.parquet", with_column("first_name", [[("a", 1)]], pa.map_(pa.string(), pa.int64())), rows=1),
    "text that is not marked as text": Case("bytes.parquet", with_column("first_name", ["Zoë".encode(), b"\xff"]), rows=2),
    "a column of nothing": Case("null.parquet", with_column("birth_date", [None, None], pa.null()), rows=2),
    "dates as text": Case("date_text.parquet", with_column("birth_date", ["31/02/2026"]), rows=1),
    "dates as whole numbers": Case("date_int.parquet", with_column("birth_date", [19700101]), rows=1),
    "moments in nanoseconds": Case("nano.parquet", with_column("birth_date", [1], pa.timestamp("ns")), rows=1),
    "brotli": Case("brotli.parquet", parquet_bytes(MANY.slice(0, 7), compression="brotli"), rows=7),
}  # fmt: skip
