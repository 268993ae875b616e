{{ config(severity='warn') }}

-- Events that arrived more than session_lookback_days late are in no session until
-- dbt build --full-refresh --select int_sessions__sessionised+
with

happened as (

    select
        platform,
        count(*) as events
    from {{ ref('int_sessions__events') }}
    group by platform

),

held as (

    select
        platform,
        sum(events) as events
    from {{ ref('int_sessions__sessionised') }}
    group by platform

)

select
    happened.platform,
    happened.events - coalesce(held.events, 0) as missed_events
from happened
left join held
    on happened.platform = held.platform
where happened.events <> coalesce(held.events, 0)
