with

lines as (

    select * from {{ ref('stg_pos__receipt_lines') }}

),

till_orders as (

    select * from {{ ref('int_orders__till_orders') }}

),

measured as (

    select
        till_orders.order_id || '-' || cast(lines.line_no as {{ dbt.type_string() }}) as order_item_id,
        till_orders.order_id,
        lines.sku,
        cast(null as {{ dbt.type_string() }}) as product_name,
        -- a lone return sells nothing; what it gives back is in the refunds
        cast(case when till_orders.is_return_only then 0 else coalesce(lines.quantity, 0) end as bigint) as quantity,
        cast(
            case when till_orders.is_return_only then 0 else coalesce(lines.unit_price * lines.quantity, lines.line_amount, 0) end
            as decimal(18, 2)
        ) as gross_revenue,
        cast(case when till_orders.is_return_only then 0 else coalesce(lines.discount_amount, 0) end as decimal(18, 2)) as discount_amount,
        cast(case when till_orders.is_return_only then 0 else coalesce(lines.tax_amount, 0) end as decimal(18, 2)) as tax_amount
    from lines
    inner join till_orders
        on lines.receipt_id = till_orders.source_key

)

select * from measured
