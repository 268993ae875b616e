{{ config(materialized='table') }}

with

orders as (

    select * from {{ ref('int_orders__web_orders') }}

    union all

    select * from {{ ref('int_orders__till_orders') }}

),

daily_rates as (

    select * from {{ ref('int_currency__daily_rates') }}

),

with_rate as (

    select
        orders.*,
        cast(orders.ordered_at as date) as ordered_date,
        case
            when orders.currency = {{ reporting_currency() }} then cast(1 as decimal(18, 8))
            else daily_rates.exchange_rate
        end as exchange_rate
    from orders
    left join daily_rates
        on orders.currency = daily_rates.currency
        and cast(orders.ordered_at as date) = daily_rates.rate_date

),

classified as (

    select
        *,
        case
            when is_test then 'test'
            when is_cancelled then 'cancelled'
            when ordered_date > {{ as_of_date() }} then 'after_as_of_date'
            when exchange_rate is null then 'no_exchange_rate'
            else 'counted'
        end as disposition
    from with_rate

)

select * from classified
