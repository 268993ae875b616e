"""One file at a time: read, remembered, or left for the next landing."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import duckdb

from orchestration.landing.contents import CutOff, read_content
from orchestration.landing.files import FORMATS, LandedFile, file_format
from orchestration.landing.found import FoundFile, look_at
from orchestration.landing.memory import Memory


def inspect(found: FoundFile, raw: Path, memory: Memory, duck: duckdb.DuckDBPyConnection) -> LandedFile:
    """What the file holds, whatever its contract says. A file that changes under our eyes waits; so does a young one without its end."""
    file = LandedFile(found.path, file_format(found.path), found.size, found.modified_ns)
    if found.problem:
        return _refused(file, found.problem)
    if found.has_changed:
        return _waiting(file, "it changed while landing watched it")
    if not file.format:
        return _refused(file, f"its name ends in none of {', '.join(FORMATS)}")
    remembered = memory.get((str(found.path.relative_to(raw)), *found.standing))
    if remembered:
        return remembered
    try:
        content = read_content(file.path, file.format, duck)
        sha256 = _sha256(file.path)
    except CutOff as error:
        return _waiting(file, str(error)) if found.is_young else _refused(file, str(error))
    except (ValueError, OSError) as error:
        return _refused(file, str(error))
    if look_at(file.path).standing != found.standing:
        return _waiting(file, "it changed while it was being read")
    return replace(file, sha256=sha256, rows=content.rows, columns=content.columns)


def _sha256(path: Path) -> str:
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _refused(file: LandedFile, reason: str) -> LandedFile:
    return replace(file, verdict="refused", reason=reason)


def _waiting(file: LandedFile, reason: str) -> LandedFile:
    return replace(file, verdict="waiting", reason=reason)
