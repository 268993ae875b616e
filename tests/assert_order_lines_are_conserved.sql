-- Every staged line is in order_items, sells a gift card, belongs to an order that was left out, or lies in quarantine.
with

staged as (

    select
        (select count(*) from {{ ref('stg_shopify__order_lines') }})
        + (select count(*) from {{ ref('stg_pos__receipt_lines') }}) as lines

),

counted as (

    select count(*) as lines
    from {{ ref('order_items') }}

),

left_out as (

    select count(*) as lines
    from (
        select order_id from {{ ref('int_orders__web_items') }}
        union all
        select order_id from {{ ref('int_orders__till_items') }}
    ) as items
    inner join {{ ref('int_orders__classified') }} as orders
        on items.order_id = orders.order_id
    where orders.disposition <> 'counted'

),

gift_cards as (

    select count(*) as lines
    from {{ ref('stg_shopify__order_lines') }} as lines
    inner join {{ ref('stg_shopify__orders') }} as orders
        on lines.order_id = orders.order_id
    where lines.is_gift_card

),

-- the lines of a return whose sale is known are refunds of that sale
returned as (

    select count(*) as lines
    from {{ ref('stg_pos__receipt_lines') }} as lines
    inner join {{ ref('stg_pos__receipts') }} as receipts
        on lines.receipt_id = receipts.receipt_id
    left join {{ ref('int_orders__till_orders') }} as orders
        on lines.receipt_id = orders.source_key
    where orders.order_id is null

),

quarantined as (

    select count(*) as lines
    from {{ ref('quarantine') }}
    where reason = 'order_missing'

)

select
    staged.lines as staged,
    counted.lines as counted,
    left_out.lines as left_out,
    gift_cards.lines as gift_cards,
    returned.lines as returned,
    quarantined.lines as quarantined
from staged
cross join counted
cross join left_out
cross join gift_cards
cross join returned
cross join quarantined
where staged.lines <> counted.lines + left_out.lines + gift_cards.lines + returned.lines + quarantined.lines
