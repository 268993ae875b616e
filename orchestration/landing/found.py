"""Which files lie in a table's folder, and whether they lie still."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

PASSED_OVER = (".", "_")  # what loaders write beside their data: _SUCCESS, _temporary, .part-000.parquet.crc
UNFINISHED = (".tmp", ".part", ".crdownload")  # what they call a file until it is whole
TABLE_FORMATS = {"_delta_log": "a Delta", ".hoodie": "a Hudi"}


@dataclass(frozen=True)
class FoundFile:
    """A file by its name, and how it stood when it was looked at."""

    path: Path
    size: int = 0  # bytes
    modified_ns: int = 0  # nanoseconds since 1970
    problem: str = ""  # why its content is not even looked at
    is_young: bool = False  # it had changed shortly before
    has_changed: bool = False  # ... and changed again while we waited

    @property
    def standing(self) -> tuple[int, int]:
        """What changes when somebody writes to it."""
        return self.size, self.modified_ns


def find_files(folder: Path) -> list[FoundFile]:
    """All files below the folder that may be data, by path; links to files count as files."""
    return sorted(_below(folder), key=lambda found: found.path)


def _below(folder: Path) -> Iterator[FoundFile]:
    for place, folders, names in os.walk(folder):
        here = Path(place)
        table_format = next((TABLE_FORMATS[name] for name in folders if name in TABLE_FORMATS), "")
        problem = table_format and (
            f"its folder is {table_format} table, whose log alone knows which files count: deliver an export of it"
        )
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = [name for name in folders if not name.startswith(PASSED_OVER)]
        for name in links:
            yield FoundFile(here / name, problem="it is a link to a folder, which is not followed")
        for name in names:
            if not name.startswith(PASSED_OVER) and not name.lower().endswith(UNFINISHED):
                yield replace(look_at(here / name), problem=problem) if problem else look_at(here / name)


def look_at(path: Path) -> FoundFile:
    """How the file stands now."""
    try:
        seen = path.stat()
    except OSError as error:
        reason = "it is a link to nothing" if path.is_symlink() else (error.strerror or "it cannot be found")
        return FoundFile(path, problem=reason)
    problem = "" if stat.S_ISREG(seen.st_mode) else "it is no file but a pipe or a device"
    return FoundFile(path, seen.st_size, seen.st_mtime_ns, problem)


def settle(found: list[FoundFile], quiet_seconds: float) -> list[FoundFile]:
    """Waits once until all files have lain still for the quiet period, and marks those that did not.

    A file dated in the future counts as young: clocks differ, and a writer may set the date. A file that has gone by then
    was the writer's draft and is left out.
    """
    now = time.time_ns()
    remaining = {
        file.path: file.modified_ns + quiet_seconds * 1e9 - now for file in found if not file.problem
    }
    young = {path: left for path, left in remaining.items() if left > 0}
    if not young:
        return found
    time.sleep(min(max(young.values()) / 1e9, quiet_seconds))
    settled = [_looked_at_again(file) if file.path in young else file for file in found]
    return [file for file in settled if file.path not in young or os.path.lexists(file.path)]


def _looked_at_again(before: FoundFile) -> FoundFile:
    now = look_at(before.path)
    return replace(now, is_young=True, has_changed=now.standing != before.standing)
