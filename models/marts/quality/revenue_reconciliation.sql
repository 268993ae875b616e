with

orders as (

    select * from {{ ref('int_orders__classified') }}

),

refunds as (

    select
        order_id,
        sum(refund_amount) as refund_amount
    from {{ ref('int_orders__refunds') }}
    group by order_id

),

summed as (

    select
        -- keys
        orders.source_system,
        coalesce(orders.currency, 'none') as currency,
        orders.disposition,

        -- facts
        count(*) as orders,
        cast(sum(orders.gross_revenue) as decimal(18, 2)) as gross_revenue,
        cast(sum(orders.discount_amount) as decimal(18, 2)) as discount_amount,
        cast(sum(orders.tax_amount) as decimal(18, 2)) as tax_amount,
        cast(sum(orders.gift_card_amount) as decimal(18, 2)) as gift_card_amount,
        cast(sum(coalesce(refunds.refund_amount, 0)) as decimal(18, 2)) as refund_amount,
        cast(
            sum(orders.gross_revenue - orders.discount_amount - orders.tax_amount - coalesce(refunds.refund_amount, 0)) as decimal(18, 2)
        ) as net_revenue
    from orders
    left join refunds
        on orders.order_id = refunds.order_id
    group by orders.source_system, coalesce(orders.currency, 'none'), orders.disposition

)

select * from summed
