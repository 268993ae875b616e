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
        -- keys
        orders.order_id,
        records.customer_id,
        orders.source_system,
        orders.source_key,
        orders.store_id,

        -- facts
        orders.channel,
        orders.currency,
        orders.item_lines,
        orders.items,
        orders.returned_items,
        orders.gross_revenue,
        orders.discount_amount,
        orders.tax_amount,
        orders.refund_amount,
        cast(orders.gross_revenue - orders.discount_amount - orders.tax_amount - orders.refund_amount as decimal(18, 2)) as net_revenue,
        orders.gift_card_amount,
        orders.cost_amount,
        cast(
            orders.gross_revenue - orders.discount_amount - orders.tax_amount - orders.refund_amount
            - orders.cost_amount as decimal(18, 2)
        ) as margin_amount,
        cast(orders.gross_revenue_reporting as decimal(18, 2)) as gross_revenue_reporting,
        cast(orders.discount_amount_reporting as decimal(18, 2)) as discount_amount_reporting,
        cast(orders.tax_amount_reporting as decimal(18, 2)) as tax_amount_reporting,
        cast(orders.refund_amount_reporting as decimal(18, 2)) as refund_amount_reporting,
        cast(
            orders.gross_revenue_reporting - orders.discount_amount_reporting - orders.tax_amount_reporting
            - orders.refund_amount_reporting as decimal(18, 2)
        ) as net_revenue_reporting,
        orders.cost_amount_reporting,
        cast(
            orders.gross_revenue_reporting - orders.discount_amount_reporting - orders.tax_amount_reporting
            - orders.refund_amount_reporting - orders.cost_amount_reporting as decimal(18, 2)
        ) as margin_amount_reporting,

        -- flags
        orders.is_return_only,

        -- dates
        orders.ordered_date,

        -- times
        orders.ordered_at
    from orders
    left join records
        on orders.record_id = records.record_id

)

select * from owned
