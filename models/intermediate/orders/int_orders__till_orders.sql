with

receipts as (

    select * from {{ ref('stg_pos__receipts') }}

),

-- a return whose receipt is not known (or was paid in another currency) stands for itself
sales_and_lone_returns as (

    select
        receipts.*,
        stores.timezone as stated_time_zone
    from receipts
    left join {{ ref('stg_pos__stores') }} as stores
        on receipts.store_id = stores.store_id
    left join receipts as originals
        on receipts.original_receipt_id = originals.receipt_id
        and receipts.currency = originals.currency
        and not coalesce(originals.is_return, false)
    where not coalesce(receipts.is_return, false) or originals.receipt_id is null

),

measured as (

    select
        'store-' || receipt_id as order_id,
        'store' as channel,
        'pos' as source_system,
        receipt_id as source_key,
        {{ record_id("'pos.receipt:' || receipt_id") }} as record_id,
        store_id,
        currency,
        cast(case when coalesce(is_return, false) then 0 else coalesce(gross_amount, 0) end as decimal(18, 2)) as gross_revenue,
        cast(case when coalesce(is_return, false) then 0 else coalesce(discount_amount, 0) end as decimal(18, 2)) as discount_amount,
        cast(case when coalesce(is_return, false) then 0 else coalesce(tax_amount, 0) end as decimal(18, 2)) as tax_amount,
        cast(0 as decimal(18, 2)) as gift_card_amount,
        coalesce(is_return, false) as is_return_only,
        false as is_gift_card_only,
        false as is_test,
        false as is_cancelled,
        true as is_tax_included,
        stated_time_zone,
        sold_at as ordered_at
    from sales_and_lone_returns

)

select * from measured
