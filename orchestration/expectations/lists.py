"""Which tables each gate judges, and the lists that their owners can read."""

import ast
from importlib import import_module
from pathlib import Path
from typing import Any

from orchestration.expectations.promises import promises

HERE = Path(__file__).parent
PROMISED = promises()
# a system without a table that says when it came cannot be asked whether it still speaks
SYSTEMS = {
    system: timed
    for system in sorted({promise.system for promise in PROMISED.values()})
    if (timed := [one for one in PROMISED.values() if one.system == system and one.spoke_at])
}


def tables(gate: str) -> dict[str, str]:
    """The tables that a gate judges, each with what is said of it: in `raw` every one, in `marts` those with a list."""
    said = {
        path.stem: ast.get_docstring(ast.parse(path.read_text())) or ""
        for path in sorted((HERE / gate).glob("*.py"))
        if path.stem != "__init__"
    }
    if gate == "marts":
        return said
    return {name: said.get(name, promise.description) for name, promise in PROMISED.items()}


def own_list(gate: str, table: str) -> list[Any]:
    """What the file of a table says of it, over what every table is held to; nothing if there is none."""
    if not (HERE / gate / f"{table}.py").exists():
        return []
    return import_module(f"{__package__}.{gate}.{table}").EXPECTATIONS
