"""Types of file columns in families: which can be read as what a contract promises, and which can be read together."""

from __future__ import annotations

from functools import cache

FAMILIES = {
    "text": ("text", "string"),
    "number": ("int", "uint", "double", "float", "halffloat", "decimal"),
    "boolean": ("bool",),
    "date": ("date",),
    "timestamp": ("timestamp",),
    "nothing": ("null",),  # a column without a single value
    "bytes": ("binary", "large_binary", "fixed_size_binary"),
    "nested": ("struct", "list", "large_list", "fixed_size_list", "map"),
}
# what is read as the promised type without loss; all else is reported as retyped
_HARMLESS = {
    "string": {"text", "number", "boolean", "date", "timestamp"},  # keys of any type are compared as text
    "boolean": {"boolean"},
    "date": {"date"},
    "timestamp": {"timestamp", "date"},
}


@cache
def family(file_type: str) -> str:
    """The family of a type as a file names it, such as `timestamp[us, tz=UTC]`; `other` for the rest, such as a time of day."""
    return next((name for name, prefixes in FAMILIES.items() if file_type.startswith(prefixes)), "other")


def is_float(file_type: str) -> bool:
    """Whether a whole number would have a fraction in it."""
    return file_type in ("double", "float", "halffloat")


def is_harmless(file_type: str, data_type: str) -> bool:
    """Whether every value of the file's type means the same in the promised one. Text without types (CSV) promises nothing."""
    found = family(file_type)
    return file_type == "text" or found == "nothing" or found in _HARMLESS.get(data_type, {"number"})


def can_unite(file_types: set[str], data_type: str) -> bool:
    """Whether columns of these types can stand in one column, exactly, without going through text."""
    found = {_exactness(file_type) for file_type in file_types} - {"nothing"}
    return len(found) <= 1 or (
        data_type != "string" and found in ({"whole", "decimal"}, {"date", "timestamp"})
    )


def _exactness(file_type: str) -> str:
    """The family, and of numbers the kind: 7, 7.00 and 7.0 are one number and three texts, and a float holds cents only nearly."""
    if family(file_type) != "number":
        return family(file_type)
    return "float" if is_float(file_type) else "decimal" if file_type.startswith("decimal") else "whole"
