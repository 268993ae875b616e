{{ config(materialized='table') }}

with

orders as (

    select * from {{ ref('int_orders__of_customers') }}
    where ordered_date <= {{ as_of_date() }}

),

order_days as (

    select
        customer_id,
        ordered_date,
        cast(count(case when not is_return_only then 1 end) as bigint) as orders,
        cast(sum(net_revenue) as decimal(18, 2)) as net_revenue
    from orders
    group by customer_id, ordered_date

)

select * from order_days
