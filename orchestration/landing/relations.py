"""The SQL that shows all files of a table as one relation with the columns of its contract.

Files are read in place. Files of the same shape are read together; each shape is one arm of a `union all`, so a renamed or
retyped column in one file never changes how another is read.
"""

from __future__ import annotations

from collections import defaultdict

from orchestration.landing.contracts import Contract
from orchestration.landing.files import LandedFile
from orchestration.landing.kinds import can_unite, family, is_float
from orchestration.landing.scans import DIALECTS, Dialect

Shape = tuple[str, tuple[tuple[str, str], ...]]


def by_shape(files: list[LandedFile]) -> dict[Shape, list[LandedFile]]:
    """Files grouped by format and columns, in a fixed order."""
    shapes: dict[Shape, list[LandedFile]] = defaultdict(list)
    for file in sorted(files, key=lambda file: file.path):
        columns = file.columns.items()
        if (
            file.format == "jsonl"
        ):  # each line names its own columns: only an unusual spelling makes a difference
            columns = {name: kind for name, kind in columns if name != name.lower()}.items()
        shapes[file.format, tuple(columns)].append(file)
    return dict(shapes)


def relation_sql(engine: str, contract: Contract, files: list[LandedFile]) -> str:
    """A `select` over all files: each contract column as the files hold it, as text where they disagree, null where absent."""
    dialect = DIALECTS[engine]
    shapes = by_shape(files)
    as_text = _disagreeing(contract, shapes)
    arms = []
    for (file_format, _), alike in shapes.items():
        types = _column_types(alike)
        columns = ",\n    ".join(
            f"{_expression(dialect, column, data_type, types, column in as_text)} as {dialect.quote(column)}"
            for column, data_type in contract.columns.items()
        )
        arms.append(f"select\n    {columns}\nfrom {dialect.scans[file_format](alike, contract)}")
    return "\nunion all\n".join(arms)


def _column_types(alike: list[LandedFile]) -> dict[str, tuple[str, str]]:
    """Contract spelling -> (the file's spelling, the file's type) of columns with values; names are compared without case."""
    return {
        name.lower(): (name, data_type)
        for file in (alike if alike[0].format == "jsonl" else alike[:1])
        for name, data_type in file.columns.items()
        if family(data_type) != "nothing"
    }


def _expression(
    dialect: Dialect, column: str, data_type: str, types: dict[str, tuple[str, str]], as_text: bool
) -> str:
    if column not in types:
        return f"cast(null as {'string' if as_text else data_type})"
    name, file_type = types[column]
    expression = dialect.quote(name)
    if family(file_type) == "nested":
        expression = f"cast(to_json({expression}) as string)"
    if family(file_type) == "bytes":
        expression = dialect.decoded(expression)
    if data_type == "string" and is_float(file_type):
        # loaders turn a whole-number key with gaps into 123.0; as text it must be 123 again
        expression = (
            f"coalesce(cast(try_cast({expression} as bigint) as string), cast({expression} as string))"
        )
    if file_type == "text":
        # DuckDB hands a bare try_cast down to its CSV reader, which then fails the query and quotes the line
        return f"nullif({expression}, '')"
    return f"cast({expression} as string)" if as_text else expression


def _disagreeing(contract: Contract, shapes: dict[Shape, list[LandedFile]]) -> set[str]:
    """Columns whose types in the shapes that have them cannot stand together."""
    seen: dict[str, set[str]] = defaultdict(set)
    for alike in shapes.values():
        for column, (_, file_type) in _column_types(alike).items():
            seen[column].add(file_type)
    return {
        column for column, data_type in contract.columns.items() if not can_unite(seen[column], data_type)
    }
