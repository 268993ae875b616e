"""The SQL that shows all files of a table as one relation with the columns of its contract.

Files are read in place. Files of the same shape are read together; each shape is one arm of a `union all`, so a renamed or
retyped column in one file never changes how another is read.
"""

from __future__ import annotations

from collections import defaultdict

from orchestration.landing.contracts import Contract
from orchestration.landing.files import LandedFile, csv_scan, identifier, path_list

Shape = tuple[str, tuple[tuple[str, str], ...]]


def by_shape(files: list[LandedFile]) -> dict[Shape, list[LandedFile]]:
    """Files grouped by format and columns, in a fixed order."""
    shapes: dict[Shape, list[LandedFile]] = defaultdict(list)
    for file in sorted(files, key=lambda file: file.path):
        columns = (
            file.columns.items() if file.format != "jsonl" else ()
        )  # each JSON line names its own columns
        shapes[file.format, tuple(columns)].append(file)
    return dict(shapes)


def duckdb_relation(contract: Contract, files: list[LandedFile]) -> str:
    """A `select` over all files: each contract column as the files hold it, as text where they disagree, null where absent."""
    shapes = by_shape(files)
    as_text = _disagreeing(contract, shapes)
    arms = []
    for (file_format, _), alike in shapes.items():
        types = _column_types(alike)
        columns = ",\n    ".join(
            f"{_expression(column, data_type, types, column in as_text)} as {identifier(column)}"
            for column, data_type in contract.columns.items()
        )
        arms.append(f"select\n    {columns}\nfrom {_scan(file_format, alike, contract)}")
    return "\nunion all\n".join(arms)


def _scan(file_format: str, alike: list[LandedFile], contract: Contract) -> str:
    paths = [file.path for file in alike]
    if file_format == "parquet":
        return f"read_parquet({path_list(paths)}, hive_partitioning = false)"
    if file_format == "csv":
        return csv_scan(paths, list(alike[0].columns))
    columns = ", ".join(f"'{column}': 'varchar'" for column in contract.columns)
    return f"read_json({path_list(paths)}, format = 'newline_delimited', columns = {{{columns}}})"


def _column_types(alike: list[LandedFile]) -> dict[str, tuple[str, str]]:
    """Contract spelling -> (the file's spelling, the file's type); column names are compared without case."""
    return {name.lower(): (name, data_type) for file in alike for name, data_type in file.columns.items()}


def _expression(column: str, data_type: str, types: dict[str, tuple[str, str]], as_text: bool) -> str:
    if column not in types:
        return f"cast(null as {'varchar' if as_text else data_type.replace('string', 'varchar')})"
    name, file_type = types[column]
    expression = identifier(name)
    if data_type == "string" and file_type in ("double", "float", "halffloat"):
        # loaders turn a whole-number key with gaps into 123.0; as text it must be 123 again
        expression = (
            f"coalesce(cast(try_cast({expression} as bigint) as varchar), cast({expression} as varchar))"
        )
    return f"cast({expression} as varchar)" if as_text else expression


def _disagreeing(contract: Contract, shapes: dict[Shape, list[LandedFile]]) -> set[str]:
    """Columns whose type is not the same in all shapes that have them."""
    seen: dict[str, set[str]] = defaultdict(set)
    for alike in shapes.values():
        for column, (_, file_type) in _column_types(alike).items():
            seen[column].add(file_type)
    return {column for column in contract.columns if len(seen[column]) > 1}
