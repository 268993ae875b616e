{{ config(materialized='table') }}

with

orders as (

    select * from {{ ref('int_orders__web_orders') }}

    union all

    select * from {{ ref('int_orders__till_orders') }}

),

time_zones as (

    select * from {{ ref('time_zones') }}

),

daily_rates as (

    select * from {{ ref('int_currency__daily_rates') }}

),

-- the day of an order is the day on the wall of the store, or of the shop
in_zone as (

    select
        orders.*,
        coalesce(time_zones.time_zone, {{ business_time_zone() }}) as time_zone
    from orders
    left join time_zones
        on orders.stated_time_zone = time_zones.time_zone

),

dated as (

    select
        *,
        {{ business_date('ordered_at', 'time_zone') }} as ordered_date
    from in_zone

),

with_rate as (

    select
        dated.*,
        case
            when dated.currency = {{ reporting_currency() }} then cast(1 as decimal(18, 8))
            else daily_rates.exchange_rate
        end as exchange_rate
    from dated
    left join daily_rates
        on dated.currency = daily_rates.currency
        and dated.ordered_date = daily_rates.rate_date

),

classified as (

    select
        *,
        case
            when is_test then 'test'
            when is_cancelled then 'cancelled'
            when is_gift_card_only then 'gift_card'
            when ordered_date > {{ as_of_date() }} then 'after_as_of_date'
            when exchange_rate is null then 'no_exchange_rate'
            else 'counted'
        end as disposition
    from with_rate

)

select * from classified
