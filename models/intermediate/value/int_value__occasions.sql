with

order_days as (

    select * from {{ ref('int_value__order_days') }}

),

occasions as (

    select
        customer_id,
        ordered_date as occasion_date,
        net_revenue,
        margin_amount
    from order_days
    where net_revenue > 0

)

select * from occasions
