{{ config(materialized='table') }}

with

refunds as (

    select
        order_id,
        order_item_id,
        returned_quantity,
        refund_amount,
        is_restocked,
        refunded_at
    from {{ ref('int_orders__web_refunds') }}

    union all

    select
        order_id,
        order_item_id,
        returned_quantity,
        refund_amount,
        is_restocked,
        refunded_at
    from {{ ref('int_orders__till_refunds') }}

),

known_by_then as (

    select refunds.*
    from refunds
    inner join {{ ref('int_orders__classified') }} as orders
        on refunds.order_id = orders.order_id
    where {{ business_date('refunds.refunded_at', 'orders.time_zone') }} <= {{ as_of_date() }}

)

select * from known_by_then
