with

lines as (

    select
        *,
        coalesce(unit_price, 0) * coalesce(quantity, 0) as list_amount,
        coalesce(discount_amount, 0) as line_discount
    from {{ ref('stg_shopify__order_lines') }}
    where not coalesce(is_gift_card, false)

),

-- what is left of an order's discount without its gift cards
gift_cards as (

    select
        order_id,
        sum(coalesce(discount_amount, 0)) as discount_amount
    from {{ ref('stg_shopify__order_lines') }}
    where is_gift_card
    group by order_id

),

orders as (

    select
        orders.order_id,
        orders.tax_amount,
        orders.taxes_included,
        coalesce(orders.discount_amount, 0) - coalesce(gift_cards.discount_amount, 0) as discount_amount
    from {{ ref('stg_shopify__orders') }} as orders
    left join gift_cards
        on orders.order_id = gift_cards.order_id

),

line_totals as (

    select
        order_id,
        sum(list_amount) as list_amount,
        sum(line_discount) as line_discount,
        min(order_line_id) as first_line_id
    from lines
    group by order_id

),

-- the shop keeps the tax, and discounts on the whole order, with the order: each line bears its share
shared as (

    select
        lines.*,
        coalesce(orders.tax_amount, 0) as order_tax,
        coalesce(orders.discount_amount, 0) - line_totals.line_discount as order_discount,
        coalesce(orders.taxes_included, false) as is_tax_included,
        lines.order_line_id = line_totals.first_line_id as is_first_line,
        {{ to_the_cent('coalesce(orders.tax_amount, 0) * lines.list_amount / nullif(line_totals.list_amount, 0)') }} as tax_share,
        {{ to_the_cent(
            '(coalesce(orders.discount_amount, 0) - line_totals.line_discount) * lines.list_amount / nullif(line_totals.list_amount, 0)'
        ) }} as discount_share
    from lines
    inner join orders
        on lines.order_id = orders.order_id
    inner join line_totals
        on lines.order_id = line_totals.order_id

),

share_totals as (

    select
        order_id,
        sum(coalesce(tax_share, 0)) as tax_share,
        sum(coalesce(discount_share, 0)) as discount_share
    from shared
    group by order_id

),

-- the cents that rounding leaves go to the first line, so that lines add up to their order
settled as (

    select
        shared.*,
        coalesce(shared.tax_share, 0)
        + case when shared.is_first_line then shared.order_tax - share_totals.tax_share else 0 end as tax_amount,
        shared.line_discount + coalesce(shared.discount_share, 0)
        + case when shared.is_first_line then shared.order_discount - share_totals.discount_share else 0 end as total_discount
    from shared
    inner join share_totals
        on shared.order_id = share_totals.order_id

),

measured as (

    select
        'web-' || order_id || '-' || order_line_id as order_item_id,
        'web-' || order_id as order_id,
        sku,
        product_name,
        cast(coalesce(quantity, 0) as bigint) as quantity,
        cast(list_amount + case when is_tax_included then 0 else tax_amount end as decimal(18, 2)) as gross_revenue,
        cast(total_discount as decimal(18, 2)) as discount_amount,
        cast(tax_amount as decimal(18, 2)) as tax_amount
    from settled

)

select * from measured
