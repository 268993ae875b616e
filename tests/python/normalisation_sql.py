"""The normalising macros, rendered without starting dbt, to be run on thousands of a test's own values in one query."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import jinja2
import pyarrow as pa
import yaml

PROJECT = Path(__file__).resolve().parents[2]
MACROS = (
    "canonical_email", "clean_name", "clean_postal_code", "clean_street", "clean_text", "e164_phone", "folded",
    "is_ascii", "is_email", "let", "regexp_like", "regexp_replace_all", "unaccented",
)  # fmt: skip
SEEDS = ("calling_codes", "email_providers")


@cache
def rendered(engine: str) -> Any:
    """The macros as functions from SQL to the SQL of "duckdb" or "spark"."""
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])
    module = SimpleNamespace()

    def dispatch(name: str, _project: str):
        return getattr(module.macros, f"{engine}__{name}", None) or getattr(module.macros, f"default__{name}")

    environment.globals |= {"adapter": SimpleNamespace(dispatch=dispatch), "return": lambda text: text}
    source = "\n".join((PROJECT / "macros" / f"{name}.sql").read_text() for name in MACROS)
    module.macros = environment.from_string(source).module
    return module.macros


def normalising(engine: str) -> dict[str, str]:
    """An expression per normalisation, over `text` (and `country` for phones) of what `from_values` reads."""
    macros = rendered(engine)
    email = macros.clean_text("text")
    return {
        "text": email,
        "email": f"case when {macros.is_email(email)} then {macros.canonical_email(email, 'email_providers')} end",
        "phone": macros.e164_phone("text", "calling_codes"),
        "name": macros.clean_name("text"),
        "street": macros.clean_street("text"),
        "postal_code": macros.clean_postal_code("text"),
    }


def from_values(engine: str) -> str:
    """Where `texts(position, text, country)` meet the seeds."""
    return f"""
        from texts
        left join calling_codes on texts.country = calling_codes.country_code
        left join email_providers on split_part({rendered(engine).clean_text("text")}, '@', 2) = email_providers.domain
    """


def seed_path(name: str) -> Path:
    return PROJECT / "seeds" / f"{name}.csv"


def seed_types(name: str) -> dict[str, str]:
    """Column -> type of a seed, as its yml has it."""
    (seed,) = yaml.safe_load(seed_path(name).with_suffix(".yml").read_text())["seeds"]
    return seed["config"]["column_types"]


class Normaliser:
    """Normalises lists of texts on an in-memory DuckDB, in the order in which they are given."""

    def __init__(self) -> None:
        self._connection = duckdb.connect()
        self._expressions = normalising("duckdb")
        for name in SEEDS:
            self._connection.execute(
                f"create table {name} as from read_csv(?, header = true, columns = {seed_types(name)})",
                [str(seed_path(name))],
            )

    def trunk_prefixes(self) -> dict[str, str]:
        """Country -> what is dialled before its national numbers."""
        return dict(
            self._connection.execute(
                "select country_code, coalesce(trunk_prefix, '') from calling_codes"
            ).fetchall()
        )

    def __call__(
        self, kind: str, texts: Iterable[str | None], countries: Iterable[str | None] | None = None
    ) -> list[str | None]:
        """What `kind` (a key of `normalising`) makes of each text; the countries are those of the phones."""
        texts = list(texts)
        countries = list(countries) if countries is not None else [None] * len(texts)
        table = pa.table(
            {"position": range(len(texts)), "text": pa.array(texts, pa.string()), "country": pa.array(countries, pa.string())}
        )  # fmt: skip
        self._connection.register("texts", table)
        query = f"select {self._expressions[kind]} {from_values('duckdb')} order by position"
        return [value for (value,) in self._connection.execute(query).fetchall()]
