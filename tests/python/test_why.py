"""The answer to "why is this one customer?": right, in plain words, and without telling what it need not."""

from collections import Counter
from pathlib import Path

import dagster as dg
import duckdb
import networkx
import pytest
import yaml
from conftest import PROJECT, Built
from hypothesis import given
from hypothesis import strategies as st

from orchestration.publish import publish
from orchestration.warehouse import Paths
from orchestration.why import NoEvidence, Record, Tie, shortest_path, why
from orchestration.why.__main__ import main
from orchestration.why.job import why_job
from orchestration.why.words import GUARDS

PHONE, EMAIL = "+447700900121", "ada.lovelace@example.com"

# ada's account, card and contact; her receipt hangs on the card; bob has her old phone; eve is alone
WAREHOUSE = f"""
create schema marts;
create schema restricted;
create schema intermediate;
create schema seeds;

create table marts.customer_identities (source_system varchar, source_table varchar, source_key varchar, customer_id varchar);
insert into marts.customer_identities values
    ('shopify', 'customer', '123', 'ada'), ('hubspot', 'contact', '7', 'ada'), ('loyalty', 'member', 'M5', 'ada'),
    ('pos', 'receipt', 'R9', 'ada'), ('shopify', 'order', '55', 'bob'), ('zendesk', 'user', '31', 'bob'),
    ('klaviyo', 'person', 'k1', 'eve');

create table restricted.identity_links
    (customer_id varchar, source_system varchar, source_table varchar, source_key varchar, identifier_type varchar, identifier_value varchar);
insert into restricted.identity_links values
    ('ada', 'shopify', 'customer', '123', 'email', '{EMAIL}'), ('ada', 'hubspot', 'contact', '7', 'email', '{EMAIL}'),
    ('ada', 'shopify', 'customer', '123', 'phone', '{PHONE}'), ('ada', 'hubspot', 'contact', '7', 'phone', '{PHONE}'),
    ('ada', 'hubspot', 'contact', '7', 'fuzzy', 'f1'), ('ada', 'loyalty', 'member', 'M5', 'fuzzy', 'f1'),
    ('ada', 'loyalty', 'member', 'M5', 'loyalty_number', 'M5'), ('ada', 'pos', 'receipt', 'R9', 'loyalty_number', 'M5'),
    ('bob', 'shopify', 'order', '55', 'override', 'o1'), ('bob', 'zendesk', 'user', '31', 'override', 'o1');

create table marts.customer_id_redirects as
    select 'lovelace' as retired_customer_id, 'ada' as customer_id, date '2026-01-31' as retired_date;

create table restricted.identity_audit as
    select 'phone' as identifier_type, '{PHONE}' as identifier_value, null as record_key, 'handed_on' as guard
    union all
    select null, null, 'klaviyo.person:k1', 'conflict';

create table intermediate.int_identity__resolved_records as
    select row_number() over () as record_id, * from marts.customer_identities;
create table intermediate.int_identity__identifiers as
    select record_id, 'phone' as identifier_type, '{PHONE}' as identifier_value
    from intermediate.int_identity__resolved_records where source_key in ('123', '31');
create table intermediate.int_identity__fuzzy_links as
    select a.record_id as record_a, b.record_id as record_b, 0.93 as probability, 'review' as decision,
        'not sure enough' as reason, 'given_name same, birth_date unknown' as evidence
    from intermediate.int_identity__resolved_records as a, intermediate.int_identity__resolved_records as b
    where a.source_key = '55' and b.source_key = 'k1';
create table intermediate.int_identity__registry as
    select record_id, customer_id, 1 as run from intermediate.int_identity__resolved_records;

create table seeds.identity_overrides as
    select 'loyalty.member:M5' as record_a, 'klaviyo.person:k1' as record_b, 'not_same' as decision, 'mother and daughter' as comment;
"""


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """The warehouse above, published."""
    monkeypatch.setenv("C360_DATA", str(tmp_path))
    folder = Paths()
    with duckdb.connect(str(folder.warehouse)) as warehouse:
        warehouse.execute(WAREHOUSE)
    publish(folder.warehouse, folder.serving)
    return folder


def test_two_records_that_share_identifiers(paths):
    assert why(paths, "shopify.customer:123", "hubspot.contact:7") == [
        "web account 123 and CRM contact 7 are one customer (ada):",
        "  web account 123 and CRM contact 7 both have the e-mail address a...om and the phone +44...21",
    ]


def test_two_records_that_others_tie(paths):
    assert why(paths, "shopify.customer:123", "pos.receipt:R9", values="shown") == [
        "web account 123 and till receipt R9 are one customer (ada):",
        f"  web account 123 and CRM contact 7 both have the e-mail address {EMAIL} and the phone {PHONE}",
        "  CRM contact 7 and loyalty member M5 are alike in name and other details (a scored match)",
        "  loyalty member M5 and till receipt R9 both have the loyalty number M5",
    ]


def test_all_records_of_a_customer(paths):
    told = why(paths, "ada")
    assert told == [
        "Customer ada has 4 records:",
        "  loyalty member M5 and till receipt R9 both have the loyalty number ...",
        "  CRM contact 7 and web account 123 both have the e-mail address a...om",
        "  CRM contact 7 and web account 123 both have the phone +44...21",
        "  CRM contact 7 and loyalty member M5 are alike in name and other details (a scored match)",
    ]
    assert why(paths, "loyalty.member:M5") == why(paths, "loyalty.member:M5", "loyalty.member:M5") == told
    assert why(paths, "bob")[1].endswith("were declared one person (seeds/identity_overrides.csv)")
    assert why(paths, "eve") == [
        "Customer eve has 1 record:",
        "  e-mail profile k1: shares no identifier in use",
    ]


def test_a_retired_id_leads_to_the_one_that_took_its_records(paths):
    assert why(paths, "lovelace") == [
        "Customer lovelace was merged into ada on 2026-01-31.",
        *why(paths, "ada"),
    ]


def test_two_customers_and_what_keeps_them_apart(paths):
    assert why(paths, "shopify.order:55", "hubspot.contact:7") == [
        "guest order 55 (customer bob) and CRM contact 7 (customer ada) are two customers.",
        "  Both have the phone +44...21, which does not tie them: "
        + "it went from one person to another, so it ties only records of one time.",
    ]
    assert why(paths, "shopify.customer:123", "klaviyo.person:k1")[1:] == [
        "  Somebody decided that loyalty.member:M5 and klaviyo.person:k1 are not the same: mother and daughter",
        "  klaviyo.person:k1 stands apart: "
        + "its group held people who contradict each other, and was cut at its weakest ties.",
    ]
    assert (
        why(paths, "shopify.order:55", "klaviyo.person:k1")[-1]
        == "  Compared, they are one person with probability 0.93 (given_name same, birth_date unknown): "
        "waits in identity_review_queue, not sure enough."
    )


def test_two_customers_with_nothing_in_common(paths):
    with duckdb.connect(str(paths.warehouse)) as warehouse:
        warehouse.execute("delete from restricted.identity_audit")
        warehouse.execute("delete from intermediate.int_identity__fuzzy_links")
    assert why(paths, "shopify.order:55", "klaviyo.person:k1")[1:] == ["  They have no identifier in common."]


def test_every_guard_of_the_audit_has_its_words():
    (column,) = (
        column
        for column in yaml.safe_load((PROJECT / "models/restricted/identity_audit.yml").read_text())[
            "models"
        ][0]["columns"]
        if column["name"] == "guard"
    )
    guards = column["data_tests"][0]["accepted_values"]["arguments"]["values"]
    assert set(guards) - {"unknown_record"} == set(GUARDS) - {""}


def test_the_work_file_may_be_busy_or_gone(paths):
    paths.warehouse.unlink()
    assert why(paths, "ada")[0] == "Customer ada has 4 records:"
    assert "which is not there" in why(paths, "shopify.order:55", "hubspot.contact:7")[1]


def test_before_anything_is_published_the_work_file_answers(paths):
    published = why(paths, "shopify.customer:123", "pos.receipt:R9")
    (paths.serving / "current").unlink()
    assert why(paths, "shopify.customer:123", "pos.receipt:R9") == published
    paths.warehouse.unlink()
    with pytest.raises(NoEvidence, match="nothing is built"):
        why(paths, "ada")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (
            ["shopify.customers:123"],
            "no record comes from shopify.customers; perhaps you mean shopify.customer",
        ),
        (["till.sale:1"], "perhaps you mean hubspot.contact or klaviyo.person or"),
        (["shopify.customer:999"], r"v000001 has no record shopify\.customer:999"),
        (["nobody"], "v000001 has no customer nobody; a record is written system.table:key"),
        (["ada", "shopify.customer:123"], "ada is no record: write system.table:key"),
        (["shopify.customer:1' or true --"], "has no record"),
    ],
)
def test_whoever_is_not_there_is_said_clearly(paths, asked, answer):
    with pytest.raises(SystemExit, match=answer):
        main(asked)


def test_a_terminal_shows_values_only_when_asked(paths, capsys):
    main(["shopify.customer:123", "hubspot.contact:7"])
    told = capsys.readouterr().out
    assert EMAIL not in told and PHONE not in told
    main(["shopify.customer:123", "hubspot.contact:7", "--show-values"])
    told = capsys.readouterr().out
    assert EMAIL in told and PHONE in told


def test_dagster_answers_without_any_value(paths):
    question = {"ops": {"answer": {"config": {"first": "shopify.customer:123", "second": "pos.receipt:R9"}}}}
    with dg.DagsterInstance.ephemeral() as instance:
        run = why_job.execute_in_process(run_config=question, instance=instance)
        recorded = "\n".join(str(record) for record in instance.all_logs(run.run_id))
    assert "both have the same e-mail address and the same phone" in recorded
    assert "loyalty member M5 and till receipt R9 both have the same loyalty number" in recorded
    assert not any(told in recorded for told in (EMAIL, PHONE, "a...om", "+44...21"))


def test_dagster_says_who_is_not_there(paths):
    question = {"ops": {"answer": {"config": {"first": "shopify.customers:123"}}}}
    run = why_job.execute_in_process(run_config=question, raise_on_error=False)
    assert not run.success
    assert (
        "perhaps you mean shopify.customer"
        in run.failure_data_for_node("answer").user_failure_data.description
    )


def test_every_record_of_the_demo_has_its_reason(built: Built):
    """Links lead from any record of a customer to any other: no customer is one without a reason that can be told."""
    with duckdb.connect(str(built.paths.warehouse), read_only=True) as warehouse:
        records = warehouse.execute(
            "select customer_id, source_system, source_table, source_key from marts.customer_identities"
        ).fetchall()
        links = warehouse.execute("from restricted.identity_links").fetchall()
    graph = networkx.Graph()
    graph.add_nodes_from(records)
    graph.add_edges_from((tuple(link[:4]), (link[0], *link[4:])) for link in links)
    in_parts = Counter(next(iter(part))[0] for part in networkx.connected_components(graph))
    assert {customer for customer, parts in in_parts.items() if parts > 1} == set()
    assert len(in_parts) > 200


def record(number: int) -> Record:
    return Record("pos", "receipt", str(number))


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30))
def test_the_path_is_one_and_the_shortest(pairs):
    """Against distances computed by repeated joining."""
    ties = [Tie(record(number), "email", str(value)) for number, value in pairs]
    reached, distance = {record(0)}, 0
    values = {value for number, value in pairs if number == 0}
    while record(1) not in reached:
        more = {record(number) for number, value in pairs if value in values} - reached
        if not more:
            assert shortest_path(ties, record(0), record(1)) == []
            return
        reached, distance = reached | more, distance + 1
        values |= {value for number, value in pairs if record(number) in reached}
    path = shortest_path(ties, record(0), record(1))
    assert (path[0], path[-1], len(path)) == (record(0), record(1), distance + 1)
