with

refunds as (

    select * from {{ ref('stg_shopify__refunds') }}

),

line_refunds as (

    select * from {{ ref('stg_shopify__order_line_refunds') }}

),

adjustments as (

    select * from {{ ref('stg_shopify__order_adjustments') }}

),

orders as (

    select * from {{ ref('stg_shopify__orders') }}

),

order_lines as (

    select * from {{ ref('stg_shopify__order_lines') }}

),

lines as (

    select
        line_refunds.refund_id,
        order_lines.order_id,
        line_refunds.order_line_id,
        coalesce(line_refunds.quantity, 0) as returned_quantity,
        coalesce(line_refunds.refund_amount, 0) as refund_amount,
        coalesce(line_refunds.tax_amount, 0) as tax_amount,
        coalesce(line_refunds.restock_type, 'no_restock') <> 'no_restock' as is_restocked
    from line_refunds
    left join order_lines
        on line_refunds.order_line_id = order_lines.order_line_id
    -- a gift card taken back was no revenue either
    where not coalesce(order_lines.is_gift_card, false)

    union all

    -- shipping given back was no revenue of the goods
    select
        refund_id,
        order_id,
        cast(null as {{ dbt.type_string() }}) as order_line_id,
        0 as returned_quantity,
        -coalesce(adjustment_amount, 0) as refund_amount,
        0 as tax_amount,
        false as is_restocked
    from adjustments
    where coalesce(kind, '') <> 'shipping_refund'

),

dated as (

    select
        'web-' || coalesce(refunds.order_id, lines.order_id) as order_id,
        'web-' || orders.order_id || '-' || lines.order_line_id as order_item_id,
        cast(lines.returned_quantity as bigint) as returned_quantity,
        -- what the goods were worth without tax
        cast(lines.refund_amount - case when orders.taxes_included then lines.tax_amount else 0 end as decimal(18, 2)) as refund_amount,
        lines.is_restocked,
        coalesce(refunds.refunded_at, orders.ordered_at) as refunded_at
    from lines
    left join refunds
        on lines.refund_id = refunds.refund_id
    inner join orders
        on coalesce(refunds.order_id, lines.order_id) = orders.order_id

)

select * from dated
