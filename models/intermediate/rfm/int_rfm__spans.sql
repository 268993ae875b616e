{{ config(materialized='table') }}

-- What lies in the window of a month end changes only where a month with orders comes in or goes out: between two such months the same
-- figures hold, and one row stands for all of them.
with

order_months as (

    select
        customer_id,
        cast(date_trunc('month', ordered_date) as date) as month,
        max(case when orders > 0 then ordered_date end) as last_order_date,
        count(case when orders > 0 then 1 end) as order_days,
        sum(net_revenue) as net_revenue
    from {{ ref('int_rfm__order_days') }}
    group by customer_id, cast(date_trunc('month', ordered_date) as date)

),

comings_and_goings as (

    select
        customer_id,
        month,
        last_order_date,
        order_days,
        net_revenue
    from order_months

    union all

    select
        customer_id,
        cast({{ dbt.dateadd('month', var('rfm_window_months') | int, 'month') }} as date) as month,
        cast(null as date) as last_order_date,
        -order_days as order_days,
        -net_revenue as net_revenue
    from order_months

),

changed as (

    select
        customer_id,
        month,
        max(last_order_date) as last_order_date,
        sum(order_days) as order_days,
        sum(net_revenue) as net_revenue
    from comings_and_goings
    -- a month that is not over has no end to be scored at
    where last_day(month) <= {{ as_of_date() }}
    group by customer_id, month

),

running as (

    select
        customer_id,
        month as first_month,
        lead(month) over (partition by customer_id order by month) as next_month,
        max(last_order_date) over (partition by customer_id order by month) as last_order_date,
        cast(sum(order_days) over (partition by customer_id order by month) as bigint) as order_days,
        cast(sum(net_revenue) over (partition by customer_id order by month) as decimal(18, 2)) as net_revenue
    from changed

),

spans as (

    select
        customer_id,
        first_month,
        cast({{ dbt.dateadd('month', -1, 'next_month') }} as date) as last_month,
        last_order_date,
        order_days,
        net_revenue,
        lag(last_order_date) over (partition by customer_id order by first_month) as previous_last_order_date,
        coalesce(lag(order_days) over (partition by customer_id order by first_month), 0) as previous_order_days,
        coalesce(lag(net_revenue) over (partition by customer_id order by first_month), 0) as previous_net_revenue
    from running

)

select * from spans
