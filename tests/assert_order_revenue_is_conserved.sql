-- Money that staging read = money in the marts + gift cards + money left out with a reason, per system and currency, to the cent. The left side is
-- summed from staging alone, with the totals as the source wrote them.
with

staged as (

    select
        'shopify' as source_system,
        coalesce(currency, 'none') as currency,
        -- what was to be paid for the goods, and what was taken off it
        sum(
            coalesce(
                line_items_amount + case when taxes_included then 0 else coalesce(tax_amount, 0) end,
                subtotal_amount + coalesce(discount_amount, 0) + case when taxes_included then 0 else coalesce(tax_amount, 0) end,
                total_amount + coalesce(discount_amount, 0),
                0
            )
        ) as gross_revenue
    from {{ ref('stg_shopify__orders') }}
    group by coalesce(currency, 'none')

    union all

    select
        'pos' as source_system,
        coalesce(currency, 'none') as currency,
        sum(coalesce(gross_amount, 0)) as gross_revenue
    from {{ ref('stg_pos__receipts') }}
    where not coalesce(is_return, false)
    group by coalesce(currency, 'none')

),

counted as (

    select
        source_system,
        coalesce(currency, 'none') as currency,
        sum(gross_revenue) as gross_revenue
    from {{ ref('orders') }}
    group by source_system, coalesce(currency, 'none')

),

gift_cards as (

    select
        'shopify' as source_system,
        coalesce(orders.currency, 'none') as currency,
        sum(coalesce(lines.unit_price, 0) * coalesce(lines.quantity, 0)) as list_amount
    from {{ ref('stg_shopify__order_lines') }} as lines
    inner join {{ ref('stg_shopify__orders') }} as orders
        on lines.order_id = orders.order_id
    where lines.is_gift_card
    group by coalesce(orders.currency, 'none')

),

left_out as (

    select
        source_system,
        currency,
        sum(gross_revenue) as gross_revenue
    from {{ ref('revenue_reconciliation') }}
    where disposition <> 'counted'
    group by source_system, currency

)

select
    staged.source_system,
    staged.currency,
    staged.gross_revenue as staged_revenue,
    counted.gross_revenue as counted_revenue,
    gift_cards.list_amount as gift_cards,
    left_out.gross_revenue as left_out_revenue
from staged
left join counted
    on staged.source_system = counted.source_system and staged.currency = counted.currency
left join gift_cards
    on staged.source_system = gift_cards.source_system and staged.currency = gift_cards.currency
left join left_out
    on staged.source_system = left_out.source_system and staged.currency = left_out.currency
where staged.gross_revenue
    <> coalesce(counted.gross_revenue, 0) + coalesce(gift_cards.list_amount, 0) + coalesce(left_out.gross_revenue, 0)
