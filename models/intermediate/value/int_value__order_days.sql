{{ config(materialized='table') }}

with

orders as (

    select * from {{ ref('int_orders__of_customers') }}
    where not is_return_only

),

days as (

    select
        customer_id,
        ordered_date,
        cast(sum(net_revenue) as decimal(18, 2)) as net_revenue,
        -- one order of unknown cost makes the margin of the day unknown
        cast(case when count(margin_amount) = count(*) then sum(margin_amount) end as decimal(18, 2)) as margin_amount,
        sum(refund_amount) as refund_amount
    from orders
    group by customer_id, ordered_date

),

kept as (

    select
        customer_id,
        ordered_date,
        net_revenue,
        margin_amount
    from days
    -- what was given away is kept all the same; what was paid back is not
    where net_revenue > 0 or (net_revenue = 0 and refund_amount = 0)

)

select * from kept
