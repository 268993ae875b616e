-- Spend that the platforms report = spend that ad_spend_reconciliation explains, per platform, to the cent; and what it counts is what ad_spend
-- has, but for the rounding of a campaign's day to the cent.
with

staged as (

    {% for model in ['stg_google_ads__spend', 'stg_facebook_ads__spend', 'stg_ads__spend'] %}
    select
        platform,
        spend
    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

delivered as (

    select
        platform,
        sum(coalesce(spend, 0)) as spend
    from staged
    group by platform

),

explained as (

    select
        platform,
        sum(spend) as spend,
        sum(case when disposition = 'counted' then spend else 0 end) as counted_spend,
        count(*) as parts
    from {{ ref('ad_spend_reconciliation') }}
    group by platform

),

counted as (

    select
        platform,
        sum(spend) as spend,
        count(*) as campaign_days
    from {{ ref('ad_spend') }}
    group by platform

)

select
    delivered.platform,
    delivered.spend as delivered_spend,
    explained.spend as explained_spend,
    counted.spend as counted_spend
from delivered
left join explained
    on delivered.platform = explained.platform
left join counted
    on delivered.platform = counted.platform
where abs(delivered.spend - coalesce(explained.spend, 0)) > 0.005 * coalesce(explained.parts, 0)
    or abs(coalesce(explained.counted_spend, 0) - coalesce(counted.spend, 0)) > 0.005 * coalesce(counted.campaign_days, 0)
