-- Sessions as everybody writes them: a lag and a running sum over all events. Settings as in dbt's profile.
set preserve_insertion_order = false;

create or replace table intermediate.plain_sessions as
with

preceded as (

    select
        *,
        lag(occurred_at) over (partition by device_id order by occurred_at) as previous_at
    from intermediate.int_sessions__events

),

numbered as (

    select
        *,
        sum(case when previous_at is null or occurred_at > previous_at + interval 30 minutes then 1 else 0 end)
            over (partition by device_id order by occurred_at) as session_number
    from preceded

),

sessions as (

    select
        device_id,
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at,
        min(platform) as platform,
        count(*) as events,
        count(case when kind in ('page_view', 'screen_view') then 1 end) as page_views,
        count(case when kind = 'product_view' then 1 end) as product_views,
        count(case when kind = 'product_added' then 1 end) as products_added,
        count(case when kind = 'checkout_started' then 1 end) as checkouts,
        count(case when kind = 'order_completed' then 1 end) as orders,
        case when min(shop_customer_id) = max(shop_customer_id) then min(shop_customer_id) end as shop_customer_id,
        min(order_reference) as order_reference,
        arg_min(
            {'url': page_url, 'referrer': page_referrer, 'source': utm_source, 'medium': utm_medium, 'campaign': utm_campaign},
            occurred_at
        ) filter (where tells_origin) as landing
    from numbered
    group by device_id, session_number

)

select
    md5(device_id || '|' || epoch_us(started_at)::varchar) as session_id,
    * exclude (landing),
    '/' || regexp_extract(landing.url, '^[a-z]+://[^/?#]*/([^?#]*)', 1) as landing_path,
    lower(landing.source) as utm_source,
    lower(landing.medium) as utm_medium,
    landing.campaign as utm_campaign,
    nullif(regexp_replace(split_part(landing.url, '?', 2), '=[^&]*', '', 'g'), '') as url_parameters,
    nullif(
        nullif(regexp_extract(lower(split_part(split_part(landing.referrer, '://', 2), '/', 1)), '^(?:www[.])?([^?#:]*)', 1), ''),
        regexp_extract(lower(split_part(split_part(landing.url, '://', 2), '/', 1)), '^(?:www[.])?([^?#:]*)', 1)
    ) as referrer_host,
    started_at::date as started_date
from sessions;
