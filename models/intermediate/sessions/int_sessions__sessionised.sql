{{ config(materialized='incremental' if target.type == 'duckdb' else 'table', incremental_strategy='open_sessions', on_schema_change='fail') }}
{#- of the events of a slot, and of the slots of a session; not by the event's id, reading which would cost a quarter of the query #}
{%- set total = 'cast(sum(%s) as bigint)' %}
{%- set measures = {
    'platform': ('min(platform)', 'min(%s)'),
    'events': ('count(*)', total),
    'page_views': ("count(case when kind in ('page_view', 'screen_view') then 1 end)", total),
    'product_views': ("count(case when kind = 'product_view' then 1 end)", total),
    'products_added': ("count(case when kind = 'product_added' then 1 end)", total),
    'checkouts': ("count(case when kind = 'checkout_started' then 1 end)", total),
    'orders': ("count(case when kind = 'order_completed' then 1 end)", total),
    'least_account': ('min(shop_customer_id)', 'min(%s)'),
    'greatest_account': ('max(shop_customer_id)', 'max(%s)'),
    'order_reference': ('min(order_reference)', 'min(%s)'),
    'landing': ('min(' ~ struct_of('occurred_at', ['utm_source', 'utm_medium', 'utm_campaign', 'page_referrer', 'page_url'])
        ~ ') filter (where tells_origin)', 'min(%s)')
} %}
{%- set at, width = epoch_micros('occurred_at'), (var('session_timeout_minutes') | int) * 60000000 %}

with

events as (

    {{ unfinished_events(ref('int_sessions__events'), this if is_incremental() else none) }}

),

-- two events of a device in one slot as wide as the gap are of one session, whatever lies between: most rows go before anything is sorted
slots as (

    select
        device_id,
        {{ at }} - {{ at }} % {{ width }} as slot,
        {% for name, (of_events, of_slots) in measures.items() %}
        {{ of_events }} as {{ name }},
        {% endfor %}
        min(occurred_at) as first_at,
        max(occurred_at) as last_at
    from events
    group by device_id, {{ at }} - {{ at }} % {{ width }}

),

bounded as (

    select
        *,
        coalesce(first_at > lag(last_at) over (partition by device_id order by slot) + {{ session_gap() }}, true) as begins,
        coalesce(lead(first_at) over (partition by device_id order by slot) > last_at + {{ session_gap() }}, true) as ends
    from slots

),

-- most slots are sessions by themselves: only the others are gathered
started as (

    select
        *,
        max(case when begins then first_at end) over (partition by device_id order by slot) as started_at
    from bounded
    where not (begins and ends)

),

sessions as (

    select
        device_id,
        {{ measures | join(', ') }},
        first_at as started_at,
        last_at as ended_at
    from bounded
    where begins and ends

    union all

    select
        device_id,
        {% for name, (of_events, of_slots) in measures.items() %}
        {{ of_slots | format(name) }} as {{ name }},
        {% endfor %}
        started_at,
        max(last_at) as ended_at
    from started
    group by device_id, started_at

)

select
    md5(sessions.device_id || '|' || cast({{ epoch_micros('sessions.started_at') }} as {{ dbt.type_string() }})) as session_id,
    sessions.device_id,
    -- two accounts in one sitting leave it open whose it was
    case when sessions.least_account = sessions.greatest_account then sessions.least_account end as shop_customer_id,
    sessions.order_reference,
    sessions.platform,
    {% for name, (of_events, of_slots) in measures.items() if of_slots == total %}
    sessions.{{ name }},
    {% endfor %}
    {{ url_path('sessions.landing.page_url') }} as landing_path,
    nullif(lower(sessions.landing.utm_source), '') as utm_source,
    nullif(lower(sessions.landing.utm_medium), '') as utm_medium,
    nullif(sessions.landing.utm_campaign, '') as utm_campaign,
    -- names without values: a click id tells the platform, and values may be anything
    {{ url_parameters('sessions.landing.page_url') }} as url_parameters,
    nullif({{ url_host('sessions.landing.page_referrer') }}, {{ url_host('sessions.landing.page_url') }}) as referrer_host,
    {{ business_date('sessions.started_at', business_time_zone()) }} as started_date,
    sessions.started_at,
    sessions.ended_at
from sessions
