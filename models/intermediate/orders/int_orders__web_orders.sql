with

orders as (

    select * from {{ ref('stg_shopify__orders') }}

),

-- samples and small loaders deliver fewer totals: each can be had from the others
completed as (

    select
        *,
        coalesce(tax_amount, 0) as known_tax,
        coalesce(discount_amount, 0) as known_discount,
        coalesce(
            line_items_amount,
            subtotal_amount + coalesce(discount_amount, 0),
            total_amount + coalesce(discount_amount, 0) - case when taxes_included then 0 else coalesce(tax_amount, 0) end,
            0
        ) as list_amount
    from orders

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
        cast(list_amount + case when taxes_included then 0 else known_tax end as decimal(18, 2)) as gross_revenue,
        cast(known_discount as decimal(18, 2)) as discount_amount,
        cast(known_tax as decimal(18, 2)) as tax_amount,
        false as is_return_only,
        coalesce(is_test, false) as is_test,
        cancelled_at is not null as is_cancelled,
        coalesce(taxes_included, false) as is_tax_included,
        ordered_at
    from completed

)

select * from measured
