"""The dbt vars, for Python: those of the project, and what a data folder says of its own data."""

from pathlib import Path
from typing import Any

import yaml

from orchestration.warehouse import Paths

PROJECT_FILE = Path(__file__).resolve().parents[1] / "dbt_project.yml"


def folder_vars(paths: Paths) -> dict[str, Any]:
    """What vars.yml of the data folder says of its data: dbt vars, such as the currency that its owner reports in.

    Raises ValueError when it names a var that dbt_project.yml does not have.
    """
    file = paths.root / "vars.yml"
    said = (yaml.safe_load(file.read_text()) or {}) if file.exists() else {}
    known = _declared()
    unknown = sorted(set(said) - set(known))
    if unknown:
        raise ValueError(f"{file} names {', '.join(unknown)}; the vars are: {', '.join(known)}")
    return said


def project_vars(paths: Paths) -> dict[str, Any]:
    """Every var as it holds for this data folder: the default of dbt_project.yml, or what vars.yml says instead."""
    return _declared() | folder_vars(paths)


def _declared() -> dict[str, Any]:
    return yaml.safe_load(PROJECT_FILE.read_text())["vars"]
