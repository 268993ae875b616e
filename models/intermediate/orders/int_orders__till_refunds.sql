with

receipts as (

    select * from {{ ref('stg_pos__receipts') }}

),

receipt_lines as (

    select * from {{ ref('stg_pos__receipt_lines') }}

),

till_orders as (

    select * from {{ ref('int_orders__till_orders') }}

),

-- where a sale has the same product on several lines, the first takes the return
sold_lines as (

    select
        receipt_id,
        sku,
        min(line_no) as line_no
    from receipt_lines
    where quantity > 0
    group by receipt_id, sku

),

returns as (

    select
        receipts.receipt_id,
        coalesce(sales.source_key, receipts.receipt_id) as order_receipt_id,
        receipts.sold_at as refunded_at,
        receipts.net_amount,
        receipts.gross_amount,
        receipts.discount_amount,
        receipts.tax_amount
    from receipts
    left join till_orders as sales
        on receipts.original_receipt_id = sales.source_key
        and receipts.currency = sales.currency
        and not sales.is_return_only
    where receipts.is_return

),

by_line as (

    select
        'store-' || returns.order_receipt_id as order_id,
        'store-' || returns.order_receipt_id || '-' || cast(
            case when returns.order_receipt_id = returns.receipt_id then receipt_lines.line_no else sold_lines.line_no end
            as {{ dbt.type_string() }}
        ) as order_item_id,
        -receipt_lines.quantity as returned_quantity,
        cast(-(coalesce(receipt_lines.line_amount, 0) - coalesce(receipt_lines.tax_amount, 0)) as decimal(18, 2)) as refund_amount,
        true as is_restocked,
        returns.refunded_at
    from returns
    inner join receipt_lines
        on returns.receipt_id = receipt_lines.receipt_id
    left join sold_lines
        on returns.order_receipt_id = sold_lines.receipt_id
        and receipt_lines.sku = sold_lines.sku

),

line_totals as (

    select
        receipt_id,
        sum(coalesce(line_amount, 0) - coalesce(tax_amount, 0)) as net_amount
    from receipt_lines
    group by receipt_id

),

-- the receipt's total is what was paid out: what its lines do not explain is refunded on the order as a whole
remainder as (

    select
        'store-' || returns.order_receipt_id as order_id,
        cast(null as {{ dbt.type_string() }}) as order_item_id,
        cast(0 as bigint) as returned_quantity,
        cast(
            coalesce(line_totals.net_amount, 0)
            - coalesce(
                returns.net_amount,
                returns.gross_amount - coalesce(returns.discount_amount, 0) - coalesce(returns.tax_amount, 0),
                line_totals.net_amount,
                0
            ) as decimal(18, 2)
        ) as refund_amount,
        false as is_restocked,
        returns.refunded_at
    from returns
    left join line_totals
        on returns.receipt_id = line_totals.receipt_id

)

select * from by_line

union all

select * from remainder
where refund_amount <> 0
