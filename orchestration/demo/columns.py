"""Numpy arrays to the Arrow columns that loaders deliver: text, cents, moments."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def pick(values, at: np.ndarray) -> pa.Array:
    """Text `values[at]`; a value may be None."""
    return pa.array(list(values), pa.string()).take(pa.array(at))


def coded(values: pa.Array, at: np.ndarray, mask: np.ndarray | None = None) -> pa.Array:
    """`values[at]`, null where the mask holds. Many rows of few values stay a dictionary, which is fast to write."""
    if len(at) < 4 * len(values):
        return values.take(pa.array(at, mask=mask))
    if values.null_count:  # a dictionary cannot hold a null, its row numbers can
        unknown = values.is_null().to_numpy(zero_copy_only=False)[at]
        mask = unknown if mask is None else mask | unknown
        values = values.fill_null("")
    words = values.dictionary_encode()  # a word that stands twice would leave the bytes written to chance
    return pa.DictionaryArray.from_arrays(
        words.indices.take(pa.array(at, pa.int32(), mask=mask)), words.dictionary
    )


def plain(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """A column without its dictionary."""
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def join(*parts: pa.Array | pa.ChunkedArray | str) -> pa.Array:
    """Glue texts row by row; null where any part is null."""
    return pc.binary_join_element_wise(*parts, "")


def number(values: np.ndarray, width: int = 0) -> pa.Array:
    """Whole numbers as text, padded with zeros to `width`."""
    text = pc.cast(pa.array(values), pa.string())
    return pc.utf8_lpad(text, width, "0") if width else text


def where(mask: np.ndarray, yes, no) -> pa.Array:
    """`yes` where the mask holds, else `no`; either may be a scalar or None."""
    yes = pa.scalar(None, pa.string()) if yes is None else yes
    no = pa.scalar(None, pa.string()) if no is None else no
    return pc.if_else(pa.array(mask), yes, no)


def nothing(rows: int) -> pa.Array:
    """A text column without values."""
    return pa.nulls(rows, pa.string())


def hexadecimal(values: np.ndarray, width: int = 16) -> pa.Array:
    """Unsigned 64-bit numbers as hexadecimal digits, the last `width` of them."""
    digits = np.frombuffer(b"0123456789abcdef", np.uint8)
    octets = values.astype(">u8").view(np.uint8)
    letters = digits[np.stack([octets >> 4, octets & 15], axis=1)].reshape(-1, 16)[:, 16 - width :].ravel()
    offsets = np.arange(len(values) + 1, dtype=np.int32) * width
    return pa.StringArray.from_buffers(len(values), pa.py_buffer(offsets), pa.py_buffer(letters))


def doubles(cents: np.ndarray) -> pa.Array:
    """Integer cents as the double that a loader of JSON would deliver."""
    return pa.array(cents / 100)


def decimals(cents: np.ndarray) -> pa.Array:
    """Integer cents as decimal(18, 2), without passing through a float."""
    wide = np.empty((len(cents), 2), np.int64)
    wide[:, 0] = cents
    wide[:, 1] = cents >> 63  # the sign fills the upper half of a 128-bit integer
    return pa.Array.from_buffers(pa.decimal128(18, 2), len(cents), [None, pa.py_buffer(wide)])


def moment(seconds: np.ndarray, mask: np.ndarray | None = None) -> pa.Array:
    """Seconds since 1970 as a timestamp in UTC without zone; null where the mask holds."""
    return pa.array(seconds.astype("datetime64[s]").astype("datetime64[us]"), mask=mask)


def printed(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """A column as a till prints it: 2026-06-03 14:05:00, 12.50, true."""
    if pa.types.is_timestamp(column.type):
        return pc.strftime(pc.cast(column, pa.timestamp("s")), "%Y-%m-%d %H:%M:%S")
    return pc.cast(plain(column), pa.string())


def as_text(table: pa.Table) -> pa.Table:
    """Every column printed."""
    return pa.table({name: printed(table[name]) for name in table.column_names})
