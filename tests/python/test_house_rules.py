"""The conventions of this project, held against its manifest: what a reviewer would otherwise have to say again and again."""

import re
from pathlib import Path

import pytest
import yaml

from orchestration.dbt import MANIFEST
from orchestration.landing import read_contracts

PROJECT = Path(__file__).resolve().parents[2]

# which layers each layer may read
MAY_READ = {
    "staging": {"source", "staging", "seed"},
    "intermediate": {"staging", "intermediate", "seed"},
    "marts": {"intermediate", "marts", "seed"},
    "restricted": {"staging", "intermediate", "marts", "seed"},
}
COMPUTED = {
    "source.customer_360.matching.fuzzy_links",
    "source.customer_360.value.clv_fits",
    "source.customer_360.value.clv_parameters",
}  # by a step between two of dbt's, in our own types: nothing to stage
CLOCKS = re.compile(
    r"\b(current_date|current_timestamp|now\s*\(|getdate|sysdate|localtimestamp)\b", re.IGNORECASE
)
DOUBLES = re.compile(r"\b(double|float|real)\b", re.IGNORECASE)
TYPES = {"string", "bigint", "boolean", "date", "timestamp", "decimal(18, 2)"}
SHARES = {"identity_quality": {"decimal(18, 6)"}}  # precision is told to the sixth digit: 0.99951 is no 1.00
# what a model expects, and how well it does: no count and no money
STATISTICS = re.compile(
    r"^(probability_|(expected|predicted)_orders|estimate$|standard_error$|log_likelihood$|correlation$|top_decile_)|_error$"
)
RATIOS = re.compile(r"(_share|_rate(_\d+_days)?|^items_per_order)$")  # to the sixth digit, likewise
MONEY = re.compile(
    r"^(?!orders_|(identifier_)?value$).*(revenue|amount|price|cost|margin|value)(_reporting)?$"
)


NODES = MANIFEST["nodes"] | MANIFEST["sources"]
MODELS = [node for node in MANIFEST["nodes"].values() if node["resource_type"] == "model"]
SEEDS = [node for node in MANIFEST["nodes"].values() if node["resource_type"] == "seed"]
MARTS = [model for model in MODELS if model["fqn"][1] in ("marts", "restricted", "activation")]
TESTS = [node for node in MANIFEST["nodes"].values() if node["resource_type"] == "test"]


def layer(node: dict) -> str:
    """source, seed, or the first folder of a model."""
    return node["fqn"][1] if node["resource_type"] == "model" else node["resource_type"]


def named(node: dict) -> str:
    return node["name"]


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_a_model_reads_only_what_its_layer_may(model):
    parents = {layer(NODES[parent]) for parent in model["depends_on"]["nodes"] if parent not in COMPUTED}
    assert parents <= MAY_READ[layer(model)], f"reads {sorted(parents - MAY_READ[layer(model)])}"


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_a_model_reads_as_the_house_writes(model):
    code = model["raw_code"]
    assert "One row per" in model["description"], "the description must state the grain"
    assert Path(model["patch_path"].split("://")[1]).with_suffix("") == Path(
        model["original_file_path"]
    ).with_suffix(""), "the yml stands beside the sql and has its name"
    assert not CLOCKS.search(code), "use as_of_date()"
    assert not DOUBLES.search(code), "money and rates are decimals"
    assert len(code.splitlines()) <= 120, "split it"
    assert "todo" not in code.lower()


@pytest.mark.parametrize("mart", MARTS, ids=named)
def test_a_mart_is_under_contract_and_says_what_it_answers(mart):
    assert mart["config"]["contract"]["enforced"]
    assert "Answers:" in mart["description"], "name the questions it answers"
    assert mart["description"].count("?") >= 2, "two questions at least"
    for column in mart["columns"].values():
        assert column["description"], f"{column['name']} is not described"
        ratio = {"decimal(18, 6)"} if RATIOS.search(column["name"]) else set()
        if STATISTICS.search(column["name"]):
            ratio = {"double"}
        assert column["data_type"] in TYPES | ratio | SHARES.get(mart["name"], set()), (
            f"{column['name']} has another type"
        )
        if MONEY.match(column["name"]):
            assert column["data_type"] == "decimal(18, 2)", f"{column['name']} is money"


@pytest.mark.parametrize("seed", SEEDS, ids=named)
def test_a_seed_says_what_its_columns_mean(seed):
    assert "One row per" in seed["description"]
    header = (PROJECT / seed["original_file_path"]).read_text().splitlines()[0].split(",")
    assert set(header) == set(seed["columns"]) == set(seed["config"]["column_types"])
    assert all(column["description"] for column in seed["columns"].values())


@pytest.mark.parametrize("mart", MARTS, ids=named)
def test_a_mart_has_a_test_of_its_own(mart):
    assert any(mart["unique_id"] in test["depends_on"]["nodes"] for test in TESTS)


def test_every_raw_table_is_counted_and_staged():
    listed = re.findall(r"\('(\w+)', '(\w+)', '(\w+)'\)", (PROJECT / "macros" / "raw_tables.sql").read_text())
    staged = {
        (contract.system, contract.table) for contract in read_contracts(PROJECT) if not contract.not_staged
    }
    assert {(system, table) for system, table, _ in listed} == staged, (
        "macros/raw_tables.sql lists the source ymls"
    )
    for system, table, model in listed:
        source = MANIFEST["sources"][f"source.customer_360.{system}.{table}"]
        parents = next(node for node in MODELS if node["name"] == model)["depends_on"]["nodes"]
        seeds = ["seed.customer_360.currencies"] if source["config"]["meta"].get("currencies") else []
        assert set(parents) == {source["unique_id"], *seeds}


# who may read what, beside the models that only count rows
LABEL_READERS = {
    "source.customer_360.identity.label": {"stg_identity__labels"},
    "model.customer_360.stg_identity__labels": {"int_identity__labelled_records"},
    "model.customer_360.int_identity__labelled_records": {"identity_quality"},
}


@pytest.mark.parametrize("labels", LABEL_READERS)
def test_labels_measure_and_never_match(labels):
    """A matcher that had seen whose a record is would be as good as the labels, and no better than them elsewhere."""
    readers = {model["name"] for model in MODELS if labels in model["depends_on"]["nodes"]}
    counting = {model["name"] for model in MODELS if "landing" in model["fqn"]}
    assert readers - counting == LABEL_READERS[labels]


CONTRACT_RULES = {
    "key", "newest_by", "not_null", "is_required", "currencies", "quantities", "ahead", "long_ago",
    "suppressed_when", "money", "not_staged",
}  # fmt: skip


@pytest.mark.parametrize("source", MANIFEST["sources"].values(), ids=named)
def test_a_contract_speaks_only_of_columns_it_has(source):
    """A rule about a misspelt column would hold for none."""
    meta, columns = source["config"]["meta"], {name: c["data_type"] for name, c in source["columns"].items()}
    assert set(meta) <= CONTRACT_RULES, "an unknown rule does nothing"
    for rule in ("key", "newest_by", "not_null", "currencies", "quantities", "ahead", "long_ago"):
        assert set(meta.get(rule, [])) <= set(columns), rule
    money = meta.get("money", {})
    assert {money[role] for role in ("amount", "currency") if role in money} <= set(columns)
    assert columns.get(meta.get("suppressed_when", ""), "boolean") == "boolean"
    assert all(
        columns[column] in ("timestamp", "date")
        for rule in ("ahead", "long_ago")
        for column in meta.get(rule, [])
    )
    assert all(columns[column] == "bigint" for column in meta.get("quantities", []))


def test_every_macro_file_holds_the_macro_of_its_name():
    for path in (PROJECT / "macros").glob("*.sql"):
        assert re.search(rf"(macro|materialization) (\w+__)?{path.stem}\b", path.read_text()), path.name


def test_no_key_of_a_yml_is_misspelt():
    """dbt passes over keys it does not know, so `descrpition` would describe nothing."""
    known = {
        "models": {"name", "description", "columns", "data_tests", "config"},
        "seeds": {"name", "description", "columns", "data_tests", "config"},
        "sources": {"name", "description", "schema", "tables", "config"},
        "unit_tests": {"name", "description", "model", "overrides", "given", "expect"},
    }
    column_keys = {"name", "description", "data_type", "data_tests"}
    for path in [*(PROJECT / "models").rglob("*.yml"), *(PROJECT / "seeds").glob("*.yml")]:
        for section, entries in yaml.safe_load(path.read_text()).items():
            assert section in known, f"{path.name}: {section}"
            for entry in entries:
                assert set(entry) <= known[section], f"{path.name}: {sorted(set(entry) - known[section])}"
                for column in entry.get("columns", []):
                    assert set(column) <= column_keys, f"{path.name}: {column['name']}"


def test_the_vars_of_the_project_are_the_vars_in_use():
    declared = set(yaml.safe_load((PROJECT / "dbt_project.yml").read_text())["vars"])
    sql = "".join(
        path.read_text() for folder in ("models", "macros") for path in (PROJECT / folder).rglob("*.sql")
    )
    python = "".join(path.read_text() for path in (PROJECT / "orchestration").rglob("*.py"))
    in_sql = set(re.findall(r"""var\(["'](\w+)["']""", sql))
    assert in_sql <= declared
    assert all(f'"{name}"' in python for name in declared - in_sql), "a var that nobody reads moves nothing"
