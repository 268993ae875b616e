"""A publication is old or new and whole, whatever is killed, held open, tampered with or rolled back."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.artefact import PublishRefused
from orchestration.publish import current_version, main, publications, publish, rollback
from orchestration.warehouse import DuckDBWarehouse, WarehouseBusy

ROOT = Path(__file__).parents[2]
LOCK_14 = ROOT / "requirements" / "duckdb14.lock"

STEPS = [
    "draft",
    "marts.duckdb",
    "pii.duckdb",
    "registry.parquet",
    "audit of marts.duckdb",
    "audit of pii.duckdb",
    "parquet",
    "manifest",
    "seal",
    "version",
    "link",
    "current",
    "retire v1",
    "delete v1",
]


def build(warehouse: Path, generation: int) -> Path:
    """A warehouse whose marts say which build they are: every customer's revenue is `generation`."""
    with DuckDBWarehouse(warehouse) as db:
        db.execute(f"""
            create schema if not exists marts;
            create or replace table marts.customers as
                select i::varchar as customer_id, {generation}::decimal(18, 2) as net_revenue,
                    true as has_email
                from range(10000) as customers(i);
            create or replace table marts.order_items as
                select i::varchar as order_id, i::hugeint as quantity, 3 as emails_sent
                from range(20) as items(i);
            comment on table marts.customers is 'Everybody''s record. One row per customer.';
            comment on column marts.customers.net_revenue is 'The customer''s "net" revenue.';

            create schema if not exists restricted;
            create or replace table restricted.customer_contacts as
                select '1' as customer_id, 'ada@example.com' as email;

            create schema if not exists intermediate;
            create or replace table intermediate.int_identity__registry as
                select i as record_id, i::varchar as customer_id, {generation}::bigint as run
                from range(10000) as records(i);
        """)
    return warehouse


def revenue(serving: Path) -> float:
    """What a reader of `current` sees, after checking that the version is whole and speaks of itself only."""
    folder = (serving / "current").resolve()
    manifest = json.loads((folder / "manifest.json").read_text())
    for name, sha256 in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha256
    for file, schema in [("marts.duckdb", "marts.marts"), ("pii.duckdb", "pii.restricted")]:
        assert ask(folder / file, f"select version from {schema}.publication") == manifest["version"]
    in_table, in_parquet = (
        ask(folder / "marts.duckdb", f"select avg(net_revenue) from {customers}")
        for customers in ("marts.marts.customers", f"'{folder}/parquet/customers/*.parquet'")
    )
    registry = f"select avg(run) from '{folder}/registry.parquet'"
    assert in_table == in_parquet == ask(folder / "marts.duckdb", registry)
    return in_table


def ask(file: Path, question: str) -> Any:
    """The one value that a question to a published file returns."""
    with duckdb.connect(str(file), read_only=True) as reader:
        ((answer,),) = reader.execute(question).fetchall()
    return answer


@pytest.fixture(scope="module")
def three_versions(tmp_path_factory) -> Path:
    """A data folder with versions 1 to 3, generations 1 to 3; the work file already holds generation 4."""
    data = tmp_path_factory.mktemp("data")
    for generation in (1, 2, 3):
        publish(build(data / "warehouse.duckdb", generation), data / "serving")
    build(data / "warehouse.duckdb", 4)
    return data


@pytest.fixture
def data(three_versions, tmp_path) -> Path:
    """A copy of it that a test may spoil."""
    return Path(shutil.copytree(three_versions, tmp_path / "data", symlinks=True))


def test_publication_is_complete(data):
    steps: list[str] = []
    published = publish(data / "warehouse.duckdb", data / "serving", after_step=steps.append)

    assert steps == STEPS, "the kill test below must know every step"
    assert (published.version, published.tables, published.rows) == (4, 2, 10020)
    assert revenue(data / "serving") == 4
    assert [p.version for p in publications(data / "serving")] == [2, 3, 4]
    assert publications(data / "serving")[-1] == published
    assert sorted(path.name for path in (data / "serving").iterdir()) == [
        ".lock",
        "current",
        "v000002",
        "v000003",
        "v000004",
    ]


@pytest.mark.parametrize("file", ["pii.duckdb", "registry.parquet"])
def test_a_personal_file_is_its_owners_alone(data, file):
    folder = (data / "serving" / "current").resolve()
    assert (folder / file).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o007 == 0


@pytest.mark.parametrize("step", STEPS)
def test_kill_leaves_old_or_new(data, step):
    publisher = """
import os, signal, sys
from pathlib import Path
from orchestration.publish import publish
def die(step):
    if step == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)
publish(Path(sys.argv[1]), Path(sys.argv[2]), after_step=die)
"""
    warehouse, serving = data / "warehouse.duckdb", data / "serving"
    killed = subprocess.run(
        [sys.executable, "-c", publisher, warehouse, serving, step], cwd=ROOT, check=False
    )
    assert killed.returncode == -signal.SIGKILL

    flipped = STEPS.index(step) >= STEPS.index("current")
    assert revenue(serving) == (4 if flipped else 3)

    publish(build(warehouse, 5), serving)
    assert revenue(serving) == 5
    assert not list(serving.glob(".tmp-*"))
    assert len(publications(serving)) == 3


def test_reader_keeps_the_version_it_opened(data):
    warehouse, serving = data / "warehouse.duckdb", data / "serving"
    opened = (serving / "current").resolve()
    with duckdb.connect(str(opened / "marts.duckdb"), read_only=True) as reader:
        for generation in (4, 5, 6):
            publish(build(warehouse, generation), serving)
            assert revenue(serving) == generation
        assert not opened.exists()
        assert reader.execute("select sum(net_revenue) from marts.marts.customers").fetchone() == (30000,)


@pytest.fixture(scope="session")
def duckdb_14() -> Path:
    """A folder with DuckDB 1.4, installed once for each lock and interpreter."""
    digest = hashlib.sha256(LOCK_14.read_bytes()).hexdigest()[:12]
    folder = ROOT / ".cache" / f"duckdb14-{sys.implementation.cache_tag}-{digest}"
    if not folder.exists():
        uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        assert uv, "uv is missing beside the interpreter: run `make test`"
        unfinished = folder.with_suffix(f".{os.getpid()}")
        install = [uv, "pip", "install", "--quiet", "--require-hashes", "--python", sys.executable]
        subprocess.run([*install, "--target", unfinished, "-r", LOCK_14], check=True)
        unfinished.rename(folder)
    return folder


def test_duckdb_14_reads_it(data, duckdb_14):
    client = """
import duckdb, json, sys
with duckdb.connect(sys.argv[1], read_only=True) as db:
    print(json.dumps({
        "engine": duckdb.__version__,
        "tables": db.sql("from duckdb_tables() select schema_name, table_name, comment").fetchall(),
        "columns": dict(db.sql("from duckdb_columns() select column_name, comment").fetchall()),
        "revenue": float(db.sql("select sum(net_revenue) from marts.marts.customers").fetchone()[0]),
    }), flush=True)
with duckdb.connect(sys.argv[2], read_only=True) as db:
    assert db.sql("select sum(net_revenue) from marts.customers").fetchone()[0] == 30000, "the short name is ambiguous"
"""
    current = data / "serving" / "current"
    answer = subprocess.run(
        [sys.executable, "-c", client, current / "marts.duckdb", current / "customer_360.duckdb"],
        env=os.environ | {"PYTHONPATH": str(duckdb_14)},
        capture_output=True,
        text=True,
        check=True,
    )
    seen = json.loads(answer.stdout)

    assert seen["engine"].startswith("1.4.")
    assert sorted(seen["tables"]) == [
        ["marts", "customers", "Everybody's record. One row per customer."],
        ["marts", "order_items", None],
        ["marts", "publication", "Which version this file is. One row."],
    ]
    assert seen["columns"]["net_revenue"] == 'The customer\'s "net" revenue.'
    assert "email" not in seen["columns"]
    assert seen["revenue"] == 30000


def test_the_short_name_of_a_mart_is_not_ambiguous(data):
    with duckdb.connect(str(data / "serving" / "current" / "customer_360.duckdb"), read_only=True) as client:
        assert client.execute("select sum(net_revenue) from marts.customers").fetchone() == (30000,)


@pytest.mark.parametrize(
    "column",
    [
        "'x' as email",
        "'x' as Primary_Email_Address",
        "441632960961::bigint as phone",
        "'x' as phone_number",
        "'x' as first_name",
        "'x' as last_name",
        "date '1970-01-01' as birth_date",
        "'x' as address_1",
        "{'email': 'x'} as contact",
        "['ada@example.com'] as note",
    ],
)
def test_personal_data_is_refused(data, column):
    with DuckDBWarehouse(data / "warehouse.duckdb") as db:
        db.execute(f"create table marts.leak as select {column}")
    with pytest.raises(PublishRefused, match=r"in schema marts: .*leak") as refusal:
        publish(data / "warehouse.duckdb", data / "serving")
    assert "ada" not in str(refusal.value)
    assert revenue(data / "serving") == 3


@pytest.mark.parametrize(
    "damage",
    [
        "update marts.marts.customers set net_revenue = net_revenue + 0.01 where customer_id = '7'",
        "delete from marts.marts.customers where customer_id = '7'",
        "drop table marts.marts.order_items",
        "comment on table marts.marts.customers is null",
        "create table main.stray as select 1 as one",
    ],
)
def test_audit_sees_damage(data, damage):
    def spoil(step):
        if step == "marts.duckdb":
            with DuckDBWarehouse(data / "serving" / ".tmp-v000004" / "marts.duckdb") as draft:
                draft.execute(damage)

    with pytest.raises(PublishRefused, match=r"marts\.duckdb differs from the warehouse in"):
        publish(data / "warehouse.duckdb", data / "serving", after_step=spoil)
    assert revenue(data / "serving") == 3


def test_rollback_and_on_again(data, monkeypatch, capsys):
    monkeypatch.setenv("C360_DATA", str(data))
    serving = data / "serving"

    main(["--rollback"])
    assert (current_version(serving), revenue(serving)) == (2, 2)
    main(["--rollback", "1"])
    assert (current_version(serving), revenue(serving)) == (1, 1)
    with pytest.raises(SystemExit, match="there is no version before 1"):
        main(["--rollback"])
    with pytest.raises(SystemExit, match="there is no version 9"):
        main(["--rollback", "9"])

    main(["--as-of", "2026-06-30"])
    assert [p.version for p in publications(serving)] == [2, 3, 4]
    assert (current_version(serving), revenue(serving)) == (4, 4), "a number is used once"
    main(["--list"])
    assert "* v000004  2 tables, 10,020 rows, as of 2026-06-30" in capsys.readouterr().out


def test_rollback_refuses_a_changed_version(data):
    (data / "serving" / "v000002" / "parquet" / "customers" / "part-0.parquet").unlink()
    with pytest.raises(PublishRefused, match=r"v000002 is not as it was published: parquet/customers"):
        rollback(data / "serving")
    assert current_version(data / "serving") == 3


def test_second_publisher_is_told(data):
    def publish_too(step):
        publish(data / "warehouse.duckdb", data / "serving")

    with pytest.raises(PublishRefused, match=rf"another publisher \(process {os.getpid()}\) is at work"):
        publish(data / "warehouse.duckdb", data / "serving", after_step=publish_too)


def test_busy_warehouse_names_its_holder(data):
    holder = "import duckdb, sys; db = duckdb.connect(sys.argv[1]); print('open', flush=True); input()"
    command = [sys.executable, "-c", holder, data / "warehouse.duckdb"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdout.readline() == "open\n"
        with pytest.raises(WarehouseBusy, match=f"held by process {process.pid}"):
            publish(data / "warehouse.duckdb", data / "serving")
        process.communicate("\n")
    publish(data / "warehouse.duckdb", data / "serving")


def test_nothing_to_publish(tmp_path):
    with pytest.raises(PublishRefused, match="there is no warehouse"):
        publish(tmp_path / "warehouse.duckdb", tmp_path / "serving")
    DuckDBWarehouse(tmp_path / "warehouse.duckdb").close()
    with pytest.raises(PublishRefused, match="schema marts has no tables"):
        publish(tmp_path / "warehouse.duckdb", tmp_path / "serving")
    with DuckDBWarehouse(build(tmp_path / "warehouse.duckdb", 1)) as db:
        db.execute("drop table intermediate.int_identity__registry")
    with pytest.raises(PublishRefused, match="there is no identity registry"):
        publish(tmp_path / "warehouse.duckdb", tmp_path / "serving")
    assert current_version(tmp_path / "serving") is None
