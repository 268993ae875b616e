with

orders as (

    select * from {{ ref('stg_shopify__orders') }}

),

-- a gift card sold is a debt, not revenue: revenue comes when it is spent
gift_cards as (

    select
        order_id,
        sum(coalesce(unit_price, 0) * coalesce(quantity, 0)) as list_amount,
        sum(coalesce(discount_amount, 0)) as discount_amount
    from {{ ref('stg_shopify__order_lines') }}
    where is_gift_card
    group by order_id

),

-- orders do not say in which shop they were placed: its time zone is known when there is one
shops as (

    select max(timezone) as stated_time_zone
    from {{ ref('stg_shopify__shops') }}
    where not coalesce(is_deleted, false)
    having count(distinct timezone) = 1

),

-- samples and small loaders deliver fewer totals: each can be had from the others
completed as (

    select
        orders.*,
        coalesce(gift_cards.list_amount, 0) as gift_card_list,
        coalesce(gift_cards.discount_amount, 0) as gift_card_discount,
        shops.stated_time_zone,
        coalesce(orders.tax_amount, 0) as known_tax,
        coalesce(orders.discount_amount, 0) as known_discount,
        coalesce(
            orders.line_items_amount,
            orders.subtotal_amount + coalesce(orders.discount_amount, 0),
            orders.total_amount + coalesce(orders.discount_amount, 0)
            - case when orders.taxes_included then 0 else coalesce(orders.tax_amount, 0) end,
            0
        ) as list_amount
    from orders
    left join gift_cards
        on orders.order_id = gift_cards.order_id
    left join shops
        on true

),

measured as (

    select
        'web-' || order_id as order_id,
        'web' as channel,
        'shopify' as source_system,
        order_id as source_key,
        {{ web_record_id() }} as record_id,
        cast(null as {{ dbt.type_string() }}) as store_id,
        currency,
        -- gross contains the tax in every country, as on a till receipt
        cast(list_amount - gift_card_list + case when taxes_included then 0 else known_tax end as decimal(18, 2)) as gross_revenue,
        cast(known_discount - gift_card_discount as decimal(18, 2)) as discount_amount,
        cast(known_tax as decimal(18, 2)) as tax_amount,
        cast(gift_card_list - gift_card_discount as decimal(18, 2)) as gift_card_amount,
        false as is_return_only,
        gift_card_list > 0 and list_amount <= gift_card_list as is_gift_card_only,
        coalesce(is_test, false) as is_test,
        cancelled_at is not null as is_cancelled,
        coalesce(taxes_included, false) as is_tax_included,
        stated_time_zone,
        ordered_at
    from completed

)

select * from measured
