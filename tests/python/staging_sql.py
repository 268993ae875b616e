"""The SQL of staging, compiled once by dbt, to be run on rows of a test's own in an in-memory DuckDB."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb
from own_dbt import PROJECT, run_dbt

from orchestration.landing import Contract, read_contracts
from orchestration.landing.files import identifier

PARTS = ("staged", "rejected", "outcomes")
TEMPLATE = """
-- depends_on: {{{{ ref('currencies') }}}} {{{{ source('{system}', '{table}') }}}}
{{{{ newest_rows('{system}', '{table}') }}}}
-- next
select reject_reason from ({{{{ typed_rows(raw_table('{system}', '{table}'), with_row=true) }}}}) as typed where reject_reason is not null
-- next
{{{{ row_outcomes('{system}', '{table}') }}}}
-- table
"""
Row = dict[str, str | None]  # a raw row: text by column; a column that is left out is null


class StagingSql:
    """What staging does with one raw table that lies in raw as text."""

    def __init__(self, contract: Contract, sql: dict[str, str]) -> None:
        self.contract = contract
        self._relation = f"warehouse.raw.{contract.system}__{contract.table}"
        self._connection = duckdb.connect()
        self._connection.execute("set TimeZone = 'UTC'; set threads = 1")
        self._connection.execute(
            "attach ':memory:' as warehouse; create schema warehouse.raw; create schema warehouse.seeds"
        )
        seed = PROJECT / "seeds" / "currencies.csv"
        self._connection.execute(f"create table warehouse.seeds.currencies as from read_csv('{seed}')")
        columns = ", ".join(f"{identifier(name)} varchar" for name in contract.columns)
        self._connection.execute(f"create table {self._relation} ({columns})")
        for name, statement in sql.items():
            self._connection.execute(f"prepare {name} as {statement}")

    def run(self, rows: list[Row]) -> "Staged":
        """Stage these rows."""
        self._connection.execute(f"delete from {self._relation}")
        for row in rows:
            marks = ", ".join("?" for _ in self.contract.columns)
            values = [row.get(name) for name in self.contract.columns]
            self._connection.execute(f"insert into {self._relation} values ({marks})", values)
        staged = self._connection.execute("execute staged").fetchall()
        names = [column[0] for column in self._connection.description]
        return Staged(
            rows=sorted((dict(zip(names, row, strict=True)) for row in staged), key=str),
            reasons=sorted(reason for (reason,) in self._connection.execute("execute rejected").fetchall()),
            outcomes={
                (currency, outcome): (rows, amount)
                for *_, currency, outcome, rows, amount in self._connection.execute(
                    "execute outcomes"
                ).fetchall()
            },
        )


@dataclass(frozen=True)
class Staged:
    """What staging kept, why it rejected the rest, and (currency, outcome) -> (rows, money) of what else it counted."""

    rows: list[dict]
    reasons: list[str]
    outcomes: dict[tuple[str | None, str], tuple]

    def count(self, outcome: str) -> int:
        """Rows of one outcome, over all currencies."""
        return sum(rows for (_, name), (rows, _) in self.outcomes.items() if name == outcome)

    def money(self, outcome: str) -> Decimal:
        """Money of one outcome, over all currencies."""
        return sum(
            (amount for (_, name), (_, amount) in self.outcomes.items() if name == outcome), Decimal(0)
        )


def compile_staging(tables: list[str], folder: Path) -> dict[str, StagingSql]:
    """Let dbt write the SQL of `system.table`s. `folder` serves as its data folder: the raw tables lie there empty, as text."""
    contracts = {f"{c.system}.{c.table}": c for c in read_contracts()}
    with duckdb.connect(str(folder / "warehouse.duckdb")) as connection:
        connection.execute("create schema raw")
        for table in tables:
            columns = ", ".join(f"{identifier(name)} varchar" for name in contracts[table].columns)
            connection.execute(f"create table {contracts[table].relation} ({columns})")
    text = "".join(TEMPLATE.format(system=contracts[t].system, table=contracts[t].table) for t in tables)
    found = run_dbt(folder, "compile", "--inline", text, "--vars", "{as_of_date: 2026-06-30}")
    compiled = found.results[0].node.compiled_code.split("-- table")
    return {
        table: StagingSql(contracts[table], dict(zip(PARTS, sql.split("-- next"), strict=True)))
        for table, sql in zip(tables, compiled, strict=False)
    }
