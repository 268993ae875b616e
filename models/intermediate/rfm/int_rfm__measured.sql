{{ config(materialized='table') }}

with

customers as (

    select distinct customer_id
    from {{ ref('int_identity__resolved_records') }}

),

in_window as (

    select * from {{ ref('int_rfm__order_days') }}
    where ordered_date >= {{ rfm_window_start(as_of_date()) }}

),

summed as (

    select
        customer_id,
        max(case when orders > 0 then ordered_date end) as last_order_date,
        sum(orders) as orders,
        count(case when orders > 0 then 1 end) as order_days,
        sum(net_revenue) as net_revenue
    from in_window
    group by customer_id

),

-- someone who only brought goods back in the window did not buy in it
measured as (

    select
        customers.customer_id,
        summed.last_order_date,
        cast(coalesce(summed.orders, 0) as bigint) as orders,
        cast(coalesce(summed.order_days, 0) as bigint) as order_days,
        cast(coalesce(summed.net_revenue, 0) as decimal(18, 2)) as net_revenue
    from customers
    left join summed
        on customers.customer_id = summed.customer_id
        and summed.order_days > 0

)

select * from measured
