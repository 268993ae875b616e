with

orders as (

    select * from {{ ref('int_orders__classified') }}
    where disposition = 'counted'

),

items as (

    select
        order_id,
        count(*) as item_lines,
        sum(quantity) as items,
        sum(returned_quantity) as returned_items,
        -- one line of unknown cost makes the cost of the order unknown
        case when count(cost_amount) = count(*) then sum(cost_amount) end as cost_amount,
        case when count(cost_amount) = count(*) then sum({{ converted('cost_amount', 'exchange_rate') }}) end as cost_amount_reporting,
        sum(gross_revenue) as gross_revenue,
        sum(discount_amount) as discount_amount,
        sum(tax_amount) as tax_amount,
        sum(refund_amount) as refund_amount,
        sum({{ converted('gross_revenue', 'exchange_rate') }}) as gross_revenue_reporting,
        sum({{ converted('discount_amount', 'exchange_rate') }}) as discount_amount_reporting,
        sum({{ converted('tax_amount', 'exchange_rate') }}) as tax_amount_reporting,
        sum({{ converted('refund_amount', 'exchange_rate') }}) as refund_amount_reporting
    from {{ ref('int_orders__items') }}
    group by order_id

),

refunds as (

    select
        order_id,
        sum(refund_amount) as refund_amount
    from {{ ref('int_orders__refunds') }}
    group by order_id

),

joined as (

    select
        orders.order_id,
        orders.record_id,
        orders.channel,
        orders.source_system,
        orders.source_key,
        orders.store_id,
        orders.currency,
        orders.is_return_only,
        orders.ordered_date,
        orders.ordered_at,
        orders.gross_revenue,
        orders.discount_amount,
        orders.tax_amount,
        orders.gift_card_amount,
        orders.exchange_rate,
        cast(coalesce(refunds.refund_amount, 0) as decimal(18, 2)) as refund_amount,
        cast(coalesce(items.item_lines, 0) as bigint) as item_lines,
        cast(coalesce(items.items, 0) as bigint) as items,
        cast(coalesce(items.returned_items, 0) as bigint) as returned_items,
        cast(items.cost_amount as decimal(18, 2)) as cost_amount,
        cast(items.cost_amount_reporting as decimal(18, 2)) as cost_amount_reporting,
        coalesce(items.gross_revenue, 0) as item_gross_revenue,
        coalesce(items.discount_amount, 0) as item_discount_amount,
        coalesce(items.tax_amount, 0) as item_tax_amount,
        coalesce(items.refund_amount, 0) as item_refund_amount,
        coalesce(items.gross_revenue_reporting, 0) as item_gross_revenue_reporting,
        coalesce(items.discount_amount_reporting, 0) as item_discount_amount_reporting,
        coalesce(items.tax_amount_reporting, 0) as item_tax_amount_reporting,
        coalesce(items.refund_amount_reporting, 0) as item_refund_amount_reporting
    from orders
    left join items
        on orders.order_id = items.order_id
    left join refunds
        on orders.order_id = refunds.order_id

),

-- lines are converted one by one; what they do not explain of the order is converted once, so lines add up in every currency
converted as (

    select
        *,
        item_gross_revenue_reporting + {{ converted('gross_revenue - item_gross_revenue', 'exchange_rate') }} as gross_revenue_reporting,
        item_discount_amount_reporting + {{ converted('discount_amount - item_discount_amount', 'exchange_rate') }} as discount_amount_reporting,
        item_tax_amount_reporting + {{ converted('tax_amount - item_tax_amount', 'exchange_rate') }} as tax_amount_reporting,
        item_refund_amount_reporting + {{ converted('refund_amount - item_refund_amount', 'exchange_rate') }} as refund_amount_reporting
    from joined

)

select * from converted
