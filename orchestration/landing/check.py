"""What landing and staging would make of a folder of raw files, in plain words, before anything is landed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path
from textwrap import wrap

from orchestration.landing.contracts import describe_systems, read_contracts
from orchestration.landing.land import LandedTable, count_verdicts, look, unknown_folders
from orchestration.landing.report import plain, retypings
from orchestration.landing.sample import Tried, try_rows
from orchestration.project_vars import project_vars
from orchestration.warehouse import Paths

WIDTH = 120  # of a line, in characters
NAMED = 6  # files or columns by name; the others are counted
Note = tuple[str, str]  # what it is about, and a sentence


def check(folder: Path) -> int:
    """Prints what will work, what will be empty and what will be refused; changes nothing. Returns 1 when a file will be refused.

    The folder holds <system>/<table>/ folders, or a folder raw/ that does.
    """
    raw = (folder / "raw" if (folder / "raw").is_dir() else folder).resolve()
    if not raw.is_dir():
        print(f"There is no folder {raw}.")
        return 1
    print(f"Checking {raw}; nothing in it is changed.", flush=True)
    tables = look(raw, float(project_vars(Paths(raw.parent))["landing_quiet_seconds"]), {})
    tried, apology = _try(raw, tables)
    systems = [
        (system, list(of_system))
        for system, of_system in groupby(tables, lambda table: table.contract.system)
    ]
    parts = (_arrived(systems, tried), _silent(systems), _unknown(raw), _outcome(tables), apology)
    print("\n".join(line for lines in parts for line in lines))
    return 1 if count_verdicts(tables)["refused"] else 0


def _try(raw: Path, tables: list[LandedTable]) -> tuple[dict[str, Tried], list[str]]:
    try:
        return (try_rows(raw, tables) if any(table.accepted for table in tables) else {}), []
    except subprocess.CalledProcessError:
        return {}, ["The rows could not be tried: `dbt build --select +stg_landing__rejected_rows` fails."]


def _arrived(systems: list[tuple[str, list[LandedTable]]], tried: dict[str, Tried]) -> Iterator[str]:
    width = max(len(table.contract.table) for _, of_system in systems for table in of_system)
    for system, of_system in systems:
        if any(table.files for table in of_system):
            yield from ("", f"{system}: {_first_sentence(describe_systems()[system])}")
            for table in of_system:
                notes = _notes(table, tried.get(f"{system}.{table.contract.table}"))
                for name, (label, sentence) in zip(
                    [table.contract.table] + [""] * len(notes), notes, strict=False
                ):
                    yield from _line(f"  {name:<{width}}  {label:<9}", sentence)


def _silent(systems: list[tuple[str, list[LandedTable]]]) -> Iterator[str]:
    silent = [system for system, of_system in systems if not any(table.files for table in of_system)]
    if silent:
        yield from ("", "Nothing came from these systems, and what is made of them will be empty:")
    for system in silent:
        yield from _line(
            f"  {system:<{max(map(len, silent))}}  ", _first_sentence(describe_systems()[system])
        )


def _notes(table: LandedTable, tried: Tried | None) -> list[Note]:
    """What its owner should know of a table, the main thing first."""
    contract = table.contract
    what_it_is = _first_sentence(contract.description)
    if not table.files:
        if contract.is_required:
            return [("MISSING", f"{what_it_is} Figures will be wrong without it.")]
        return [("absent", what_it_is)]
    works = f"{_counted(table.rows, 'row')} in {_counted(len(table.accepted), 'file')}"
    main = ("works", works) if table.accepted else ("EMPTY", f"{what_it_is} No file of it can be read.")
    return [main, *_about_files(table), *_about_columns(table), *_about_rows(tried)]


def _about_files(table: LandedTable) -> Iterator[Note]:
    if table.contract.not_staged:
        yield "unused", f"No model reads it: {table.contract.not_staged}"
    for label, verdict in (("REFUSED", "refused"), ("waits", "waiting")):
        files = table.judged(verdict)
        yield from ((label, f"{file.path.name}: {file.reason}") for file in files[:NAMED])
        if len(files) > NAMED:
            yield label, f"{len(files) - NAMED:,} more files"
    if doubles := table.judged("duplicate"):
        yield (
            "double",
            f"{_counted(len(doubles), 'file')} with the content of another, not read a second time",
        )


def _about_columns(table: LandedTable) -> Iterator[Note]:
    files = table.accepted
    if not files:
        return
    renamed = sorted({pair for file in files for pair in file.renamed})
    for new, old in renamed[:NAMED]:
        yield "renamed?", f"{plain([new])[0]} is probably {old}, which stays empty until it is called so"
    missing = [set(file.missing) - {old for _, old in file.renamed} for file in files]
    order = list(table.contract.columns)
    if always := sorted(set.intersection(*missing), key=order.index):
        yield "empty", _named(always)
    if at_times := sorted(set.union(*missing) - set(always), key=order.index):
        yield "gaps", f"{_named(at_times)}: not in every file"
    if retyped := sorted({text for file in files for text in retypings(file)}):
        yield "retyped", f"{_named(retyped)}: not the promised type, so each value is tried"
    if unknown := sorted({name for file in files for name in file.added} - {new for new, _ in renamed}):
        yield "unknown", f"{_named(plain(unknown))}: not read"


def _about_rows(tried: Tried | None) -> Iterator[Note]:
    if tried and tried.rejected:
        reasons = [f"{reason} in {column} ({rows:,})" for (reason, column), rows in tried.rejected.items()]
        yield (
            "rows",
            f"{sum(tried.rejected.values()):,} of {tried.rows:,} tried go to quarantine: {_named(reasons)}",
        )


def _unknown(raw: Path) -> Iterator[str]:
    names = unknown_folders(raw)
    if not names:
        return
    tables = {f"{contract.system}/{contract.table}": contract for contract in read_contracts()}
    systems = {contract.system: contract for contract in tables.values()}
    bare = {contract.table: full for full, contract in tables.items()}
    yield from ("", "Under these names nothing is read:")
    for name in names:
        near = get_close_matches(name, tables if "/" in name else [*systems, *bare], 1)
        meant = (
            f"did you mean {bare.get(near[0], near[0])}?" if near else "no system or table has a like name"
        )
        yield f"  {name:<{max(map(len, names))}}  {meant}"


def _outcome(tables: list[LandedTable]) -> Iterator[str]:
    files = sum(len(table.files) for table in tables)
    arrived = sum(bool(table.files) for table in tables)
    refused = count_verdicts(tables)["refused"]
    stops = [
        f"{table.contract.system}.{table.contract.table}"
        for table in tables
        if table.judged("refused") and table.contract.is_required
    ]
    yield ""
    yield (
        f"{_counted(files, 'file')} of {arrived} of the {len(tables)} known tables, "
        f"{_counted(sum(table.rows for table in tables), 'row')}; {refused or 'no'} file{'' if refused == 1 else 's'} will be refused."
    )
    if stops:
        yield f"Nothing will be published until {_named(stops)} can be read whole."


def _line(start: str, sentence: str) -> list[str]:
    return wrap(sentence, WIDTH, initial_indent=start, subsequent_indent=" " * len(start))


def _first_sentence(text: str) -> str:
    return text.split(". ")[0].rstrip(".") + "."


def _named(names: list[str]) -> str:
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
