"""How the columns of a file differ from its contract."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher, get_close_matches

from orchestration.landing.contracts import Contract
from orchestration.landing.files import LandedFile
from orchestration.landing.kinds import is_harmless

Shape = tuple[tuple[str, str], ...]  # (name, type) of each column, in the file's order


@dataclass(frozen=True)
class Drift:
    """The differences; see `LandedFile` for what the pairs are."""

    added: tuple[str, ...]
    missing: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    retyped: tuple[tuple[str, str], ...]


def without_key(contract: Contract, file: LandedFile) -> str:
    """Why the file cannot be used: it lacks a part of the key. Empty when it has it all, or is JSON without a line.

    A header that is none may be a row of data, so no name is repeated that is not nearly one of the contract.
    """
    found = {column.lower() for column in file.columns}
    absent = [column for column in contract.key if column not in found]
    if not absent or (file.format == "jsonl" and not file.rows):
        return ""
    known = len(found & set(contract.columns))
    near = [name for column in absent for name in get_close_matches(column, found, 1, 0.75)]
    reason = f"its key column {', '.join(absent)} is missing"
    if file.format == "csv" and len(found) == 1:
        return f"{reason}: it has one column only (is the delimiter a comma?)"
    if near:
        return f"{reason}: is it called {', '.join(near)} now?"
    if file.format == "csv" and not known:
        return f"{reason}, and no other column is known: does its first line hold the column names?"
    return f"{reason}; {known} of its {len(found)} columns are known"


def with_drift(contract: Contract, files: list[LandedFile]) -> list[LandedFile]:
    """The files of one table, each with its differences from the contract."""
    shapes = {_shape(file): file.format for file in files if file.columns}
    orders = [_names(shape) for shape, file_format in shapes.items() if file_format != "jsonl"]
    orders.append(list(contract.columns))  # where no delivery still has the column
    drifts = {
        shape: _drift(contract, shape, orders if file_format != "jsonl" else [])
        for shape, file_format in shapes.items()
    }
    return [replace(file, **vars(drifts[_shape(file)])) if file.columns else file for file in files]


def _shape(file: LandedFile) -> Shape:
    return tuple(file.columns.items())


def _names(shape: Shape) -> list[str]:
    return [name.lower() for name, _ in shape]


def _drift(contract: Contract, shape: Shape, orders: list[list[str]]) -> Drift:
    types = {name.lower(): file_type for name, file_type in shape}
    added = [name for name, _ in shape if name.lower() not in contract.columns]
    missing = [name for name in contract.columns if name not in types]
    return Drift(
        added=tuple(sorted(added)),
        missing=tuple(sorted(missing)),
        renamed=tuple(
            (name, probably)
            for name in added
            if (probably := _probably(name, list(types), missing, orders))
            and is_harmless(types[name.lower()], contract.columns[probably])
        ),
        retyped=tuple(
            (name, _without_details(types[name]))
            for name, data_type in contract.columns.items()
            if name in types and not is_harmless(types[name], data_type)
        ),
    )


def _probably(name: str, order: list[str], missing: list[str], orders: list[list[str]]) -> str:
    """The missing column that an unknown one probably is, or nothing: another spelling of its name, or the same place.

    The place is that in another delivery of the table which still has the column, for want of one that in the contract.
    """
    spelt_alike = [column for column in missing if _letters(column) == _letters(name)]
    if spelt_alike:
        return spelt_alike[0]
    places = (_in_place_of(name.lower(), order, former) for former in orders if missing)
    return next((column for column in places if column in missing), "")


def _in_place_of(name: str, order: list[str], former: list[str]) -> str:
    """What stood at the place of `name` in the former order, if as many columns went as came there."""
    for tag, start, end, new_start, new_end in SequenceMatcher(None, former, order, False).get_opcodes():
        if tag == "replace" and end - start == new_end - new_start and name in order[new_start:new_end]:
            return former[start + order[new_start:new_end].index(name)]
    return ""


def _without_details(file_type: str) -> str:
    """`struct` of `struct<first: string>`, whose fields a supplier may have named after anybody."""
    return re.split(r"[<(\[]", file_type)[0]


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
