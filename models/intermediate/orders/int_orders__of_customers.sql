{{ config(materialized='table') }}

with

orders as (

    select * from {{ ref('int_orders__measured') }}

),

records as (

    select * from {{ ref('int_identity__resolved_records') }}

),

owned as (

    select
        records.customer_id,
        orders.order_id,
        orders.channel,
        orders.items,
        orders.returned_items,
        cast(orders.gross_revenue_reporting as decimal(18, 2)) as gross_revenue,
        cast(orders.discount_amount_reporting as decimal(18, 2)) as discount_amount,
        cast(orders.tax_amount_reporting as decimal(18, 2)) as tax_amount,
        cast(orders.refund_amount_reporting as decimal(18, 2)) as refund_amount,
        cast(orders.cost_amount_reporting as decimal(18, 2)) as cost_amount,
        orders.is_return_only,
        orders.ordered_date,
        orders.ordered_at
    from orders
    inner join records
        on orders.record_id = records.record_id

),

netted as (

    select
        *,
        cast(gross_revenue - discount_amount - tax_amount - refund_amount as decimal(18, 2)) as net_revenue,
        cast(gross_revenue - discount_amount - tax_amount - refund_amount - cost_amount as decimal(18, 2)) as margin_amount
    from owned

)

select * from netted
