{{ config(materialized='table') }}

with

reported as (

    select * from {{ ref('int_advertising__reported') }}

),

channels as (

    {{ channels_of('reported') }}

),

daily_rates as (

    select * from {{ ref('int_currency__daily_rates') }}

),

with_rate as (

    select
        reported.*,
        channels.channel,
        case
            when reported.currency = {{ reporting_currency() }} then cast(1 as decimal(18, 8))
            else daily_rates.exchange_rate
        end as exchange_rate
    from reported
    left join channels
        on reported.utm_source = channels.utm_source
        and reported.utm_medium is not distinct from channels.utm_medium
    left join daily_rates
        on reported.currency = daily_rates.currency
        and reported.spend_date = daily_rates.rate_date

)

select
    spend_date,
    platform,
    account_id,
    campaign_id,
    campaign_name,
    utm_campaign,
    channel,
    currency,
    impressions,
    clicks,
    spend,
    {{ to_the_cent('spend * exchange_rate') }} as spend_reporting,
    case
        when is_test then 'test'
        when spend_date > {{ as_of_date() }} then 'after_as_of_date'
        when currency is null then 'no_currency'
        when exchange_rate is null then 'no_exchange_rate'
        else 'counted'
    end as disposition
from with_rate
