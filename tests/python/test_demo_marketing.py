"""The demo's marketing: nobody is written to without consent, and what was planted can be found in the raw files."""

from math import log, sqrt
from pathlib import Path

import duckdb
import pytest

from orchestration.demo import generate
from orchestration.demo.advertising import AD_CAMPAIGNS
from orchestration.demo.effects import read_effects

EFFECTS = read_effects()

# An address as its owner means it: no capitals or spaces, no plus tag, no dots before gmail.com.
MEANT = """
    create macro meant(address) as
        replace(
            case when lower(trim(address)) like '%@gmail.com'
                then replace(split_part(regexp_replace(lower(trim(address)), '[+][^@]*@', '@'), '@', 1), '.', '') || '@gmail.com'
                else lower(trim(address))
            end, ' ', '')
"""


@pytest.fixture(scope="module")
def demo(large_raw) -> Path:
    return large_raw


@pytest.fixture(scope="module")
def raw(demo) -> duckdb.DuckDBPyConnection:
    """The newest good version of what marketing writes, and `persons`: whose each record truly is."""
    db = duckdb.connect()
    db.execute(MEANT)

    def parquet(table: str) -> str:
        return f"read_parquet('{demo}/raw/{table}/**/*.parquet', union_by_name = true, hive_partitioning = false)"

    def text(table: str) -> str:
        return f"read_csv('{demo}/raw/{table}/*.csv', all_varchar = true, union_by_name = true)"

    db.execute(f"create view truth as from '{demo}/truth/record_persons.parquet'")
    db.execute(f"create view people as from '{demo}/truth/people.parquet'")
    # whoever took another surname speaks from another address, which no profile has
    db.execute("create view unchanged as select person_id from people where renamed_date is null")
    db.execute(f"create view holdouts as from '{demo}/truth/campaign_holdouts.parquet'")
    db.execute(
        f"""
        create table events as
            select distinct on (id) * from {parquet("klaviyo/event")}
            where id is not null and year(timestamp) between 2023 and 2026;
        create table profiles as
            select id, person_id, meant(email) as email, consented_at::timestamp as consented_at from (
                select id, email, custom_consent_timestamp as consented_at, updated::timestamp as updated from {parquet("klaviyo/person")}
                union all
                select id, email, custom_consent_timestamp, updated::timestamp from {text("klaviyo/person")}
                where id is not null and email is not null
            )
            left join truth on source_system = 'klaviyo' and source_table = 'person' and source_key = id
            qualify row_number() over (partition by id order by updated desc) = 1;
        create table members as
            select upper(trim(loyalty_number)) as loyalty_number, person_id
            from (
                select member_id, loyalty_number from {parquet("loyalty/member")}
                union select member_id, loyalty_number from read_json('{demo}/raw/loyalty/member/*.jsonl')
            )
            inner join truth on source_system = 'loyalty' and source_table = 'member' and source_key = member_id;
        create table changes as
            select distinct status, occurred_at::timestamp as occurred_at, coalesce(profiles.person_id, members.person_id) as person_id
            from (
                select purpose, identifier_type, identifier_value, status, occurred_at::varchar as occurred_at from {parquet("privacy/consent_event")}
                union all
                select purpose, identifier_type, identifier_value, status, occurred_at::varchar from read_json('{demo}/raw/privacy/consent_event/*.jsonl')
            ) as consent
            left join profiles on identifier_type = 'email' and profiles.email = meant(identifier_value)
            left join members on identifier_type = 'loyalty_number' and loyalty_number = upper(trim(identifier_value))
            where purpose = 'email_marketing' and status is not null;
        """
    )
    return db


def rows(db: duckdb.DuckDBPyConnection, query: str) -> list[tuple]:
    return db.execute(query).fetchall()


def test_equal_seeds_give_equal_bytes(tmp_path):
    """With enough rows to a file that words are written as dictionaries."""
    for name in ("once", "again"):
        generate(tmp_path / name, 1500, 3)
    once, again = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*.parquet")
        }
        for name in ("once", "again")
    )
    assert {path for path in once if once[path] != again.get(path)} == set()
    assert once.keys() == again.keys()


def test_nobody_is_written_to_without_consent_at_that_moment(raw):
    sent, allowed = rows(
        raw,
        """
        select count(*), count(*) filter (changes.status = 'granted')
        from (
            select timestamp, profiles.person_id from events inner join profiles on profiles.id = events.person_id
            where type in ('received_email', 'bounced_email') and profiles.person_id in (select person_id from unchanged)
        ) as sent
        asof left join changes on changes.person_id = sent.person_id and changes.occurred_at <= sent.timestamp
        """,
    )[0]
    assert sent > 100_000
    assert allowed == sent


def test_a_profile_knows_when_consent_was_given(raw):
    assert not rows(
        raw,
        """
        select 1 from events inner join profiles on profiles.id = events.person_id
        where type = 'received_email' and (consented_at is null or timestamp < consented_at)
        """,
    )


def test_nothing_is_opened_or_clicked_before_it_arrived(raw):
    assert not rows(
        raw,
        """
        select 1 from (
            select
                type,
                min(timestamp) filter (type = 'received_email')
                    over (partition by person_id, coalesce(campaign_id, flow_message_id)) as arrived_at,
                timestamp
            from events where type in ('received_email', 'opened_email', 'clicked_email')
        )
        where timestamp < arrived_at or arrived_at is null
        """,
    )


def test_every_consent_taken_back_is_an_unsubscription(raw):
    withdrawn, unsubscribed = rows(
        raw,
        """
        select count(*), count(events.id)
        from changes
        inner join profiles using (person_id)
        left join events on type = 'unsubscribed' and events.person_id = profiles.id and timestamp = occurred_at
        where status = 'withdrawn' and profiles.consented_at is not null
            and person_id not in (select unnest([person_id, shares_with]) from people where shares_with is not null)
        """,
    )[0]
    assert withdrawn > 500
    assert unsubscribed == withdrawn


def test_the_lift_of_large_campaigns_is_found_again(raw, demo):
    raw.execute(
        f"""
        create table bought as
            select person_id, created_at as at from read_parquet('{demo}/raw/shopify/order/*.parquet', union_by_name = true) as orders
            inner join truth on source_system = 'shopify' and (
                (source_table = 'customer' and source_key = customer_id::varchar)
                or (source_table = 'order' and customer_id is null and source_key = orders.id::varchar))
            where not test and cancelled_at is null
            union all
            select person_id, sold_at from read_parquet('{demo}/raw/pos/receipt/*.parquet') as receipts
            inner join truth on source_system = 'pos' and source_key = receipt_id
            where not is_return
        """
    )
    found = rows(
        raw,
        """
        with large as (select distinct campaign_id, sent_at from holdouts),
        arms as (
            select 'held out' as arm, person_id, campaign_id, sent_at from holdouts
            union
            select 'sent', profiles.person_id, campaign_id, sent_at
            from events inner join profiles on profiles.id = events.person_id inner join large using (campaign_id)
            where type in ('received_email', 'bounced_email') and profiles.person_id is not null
        )
        select arm, count(*), count(*) filter (exists(
            select 1 from bought
            where bought.person_id = arms.person_id and bought.at >= sent_at and bought.at < sent_at + interval 7 days))
        from arms group by arm order by arm
        """,
    )
    (_, held, held_bought), (_, sent, sent_bought) = found
    share = held / (held + sent)
    assert abs(share - EFFECTS.holdout_share) < 4 * sqrt(0.09 / (held + sent))
    ratio = (sent_bought / sent) / (held_bought / held)
    error = sqrt(1 / held_bought + 1 / sent_bought)
    assert abs(log(ratio) - log(1 + EFFECTS.campaign_lift)) < 3 * error
    assert log(ratio) > 2 * error


def test_the_held_out_were_sent_nothing(raw):
    assert not rows(
        raw,
        """
        select 1 from holdouts inner join events on events.person_id = klaviyo_person_id and events.campaign_id = holdouts.campaign_id
        where type = 'received_email'
        """,
    )


def spend_of_platforms(demo: Path) -> dict[str, float]:
    """Newest figures by campaign (google and ads.spend) or account (facebook, one to a campaign)."""
    queries = (
        f"""select name, sum(cost_micros) / 1e6 from (
            select distinct on (_fivetran_id) id, cost_micros::bigint as cost_micros from (
                select columns(*)::varchar from read_parquet('{demo}/raw/google_ads/campaign_stats/*.parquet')
                union all
                from read_csv('{demo}/raw/google_ads/campaign_stats/*.csv', all_varchar = true))
            where _fivetran_id is not null and year(try_cast(date as date)) < 2100 order by _fivetran_id, _fivetran_synced desc)
        inner join (
            select distinct on (id) id, name from read_csv('{demo}/raw/google_ads/campaign_history/*.csv', all_varchar = true)
            order by id, updated_at desc) as campaigns on campaigns.id = stats.id
        group by name""".replace("synced desc)", "synced desc) as stats"),
        f"""select name, sum(spend) from (
            select distinct on (ad_id, date) * from read_parquet('{demo}/raw/facebook_ads/basic_ad/*.parquet')
            where ad_id is not null and spend::varchar <> 'nan' order by ad_id, date, impressions desc)
        inner join (
            select distinct on (id) account_id, name from read_parquet('{demo}/raw/facebook_ads/campaign_history/*.parquet')
            order by id, updated_time desc) using (account_id)
        group by name""",
        f"""select utm_campaign, sum(spend) from (
            select distinct on (date, campaign_id) * from (
                select date::varchar as date, campaign_id, utm_campaign, impressions, spend::double as spend
                from read_parquet('{demo}/raw/ads/spend/*.parquet')
                union all
                select date, campaign_id, utm_campaign, impressions::bigint, try_cast(spend as double)
                from read_csv('{demo}/raw/ads/spend/*.csv', all_varchar = true) where not regexp_matches(campaign_id, '^[0-9]+$'))
            order by date, campaign_id, impressions desc)
        group by utm_campaign""",
    )
    return {name: float(spend) for query in queries for name, spend in duckdb.sql(query).fetchall()}


def test_the_platforms_charge_what_the_truth_says(demo):
    truth = dict(
        duckdb.sql(
            f"select campaign, sum(spend) from '{demo}/truth/ad_spend.csv' group by campaign"
        ).fetchall()
    )
    found = spend_of_platforms(demo)
    assert found.keys() == truth.keys() == {campaign.utm_campaign for campaign in AD_CAMPAIGNS}
    for campaign, spend in truth.items():
        assert found[campaign] == pytest.approx(spend, abs=0.01), campaign


def test_a_new_customer_costs_what_was_planted(demo):
    into_euro = {"EUR": 1.0, **dict(duckdb.sql(
        f"select from_currency, avg(rate)::double from read_parquet('{demo}/raw/finance/exchange_rate/*.parquet') group by 1"
    ).fetchall())}  # fmt: skip
    per_channel: dict[str, list[float]] = {}
    for channel, currency, customers, spend in duckdb.sql(
        f"select channel, currency, sum(new_customers), sum(spend) from '{demo}/truth/ad_spend.csv' group by all"
    ).fetchall():
        total = per_channel.setdefault(channel, [0.0, 0.0])
        total[0] += float(spend) * into_euro[currency]
        total[1] += float(customers)
    for channel, (spend, customers) in per_channel.items():
        assert spend / customers == pytest.approx(EFFECTS.acquisition_cost[channel], rel=0.05), channel


def test_nobody_invites_a_friend_before_becoming_a_member(demo):
    invitations, early = duckdb.sql(
        f"""
        with members as (
            select member_id, enrolled_at::timestamp as enrolled_at from '{demo}/raw/loyalty/member/*.parquet'
            union
            select member_id, enrolled_at::timestamp from '{demo}/raw/loyalty/member/*.jsonl'
        )
        select count(*), count(*) filter (sent_at::timestamp < enrolled_at)
        from read_csv('{demo}/raw/loyalty/referral/*.csv', all_varchar = true)
        inner join members on member_id = referrer_member_id
        where sent_at > '1990'
        """
    ).fetchall()[0]
    assert invitations > 1000
    assert early == 0


def test_the_shop_knows_what_its_customers_said_last(raw, demo):
    accounts, wrong = rows(
        raw,
        f"""
        with accounts as (
            select distinct on (id) id, accepts_marketing, person_id
            from read_parquet('{demo}/raw/shopify/customer/*.parquet', union_by_name = true)
            inner join truth on source_system = 'shopify' and source_table = 'customer' and source_key = id::varchar
            order by id, updated_at desc
        ),
        said_last as (select person_id, arg_max(status, occurred_at) = 'granted' as allows from changes group by all)
        select count(*), count(*) filter (accepts_marketing <> allows)
        from accounts
        inner join said_last using (person_id)
        inner join unchanged using (person_id)
        where person_id not in (select unnest([person_id, shares_with]) from people where shares_with is not null)
        """,
    )[0]
    assert accounts > 3000
    assert wrong == 0


def test_a_referral_that_led_to_an_order_names_an_order_of_the_friend(demo):
    total, right = duckdb.sql(
        f"""
        with truth as (from '{demo}/truth/record_persons.parquet'),
        referrals as (
            select distinct referral_id, order_reference from read_csv('{demo}/raw/loyalty/referral/*.csv', all_varchar = true)
            where order_reference is not null and referral_id is not null
        ),
        orders as (
            select id::varchar as reference, coalesce(customer_id::varchar, id::varchar) as key
            from read_parquet('{demo}/raw/shopify/order/*.parquet', union_by_name = true)
        )
        select count(*), count(*) filter (friend.person_id = buyer.person_id)
        from referrals
        inner join orders on orders.reference = order_reference
        inner join truth as friend on friend.source_table = 'referral' and friend.source_key = referral_id
        inner join truth as buyer on buyer.source_system = 'shopify' and buyer.source_key = orders.key
        """
    ).fetchall()[0]
    assert total > 50
    assert right == total
