with

web_lines as (

    select
        'shopify' as source_system,
        'order_line' as source_table,
        lines.order_line_id as source_key,
        lines.order_id as order_key
    from {{ ref('stg_shopify__order_lines') }} as lines
    left join {{ ref('stg_shopify__orders') }} as orders
        on lines.order_id = orders.order_id
    where orders.order_id is null

),

till_lines as (

    select
        'pos' as source_system,
        'receipt_line' as source_table,
        lines.receipt_id || '|' || cast(lines.line_no as {{ dbt.type_string() }}) as source_key,
        lines.receipt_id as order_key
    from {{ ref('stg_pos__receipt_lines') }} as lines
    left join {{ ref('stg_pos__receipts') }} as receipts
        on lines.receipt_id = receipts.receipt_id
    where receipts.receipt_id is null

),

orphans as (

    select * from web_lines

    union all

    select * from till_lines

)

select * from orphans
