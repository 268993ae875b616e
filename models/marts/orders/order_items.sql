with

items as (

    select * from {{ ref('int_orders__items') }}

),

converted as (

    select
        -- keys
        order_item_id,
        order_id,
        sku,
        product_id,

        -- facts
        product_name,
        product_type,
        currency,
        quantity,
        returned_quantity,
        gross_revenue,
        discount_amount,
        tax_amount,
        refund_amount,
        net_revenue,
        cost_amount,
        cast(net_revenue - cost_amount as decimal(18, 2)) as margin_amount,
        {{ converted('gross_revenue', 'exchange_rate') }} as gross_revenue_reporting,
        {{ converted('discount_amount', 'exchange_rate') }} as discount_amount_reporting,
        {{ converted('tax_amount', 'exchange_rate') }} as tax_amount_reporting,
        {{ converted('refund_amount', 'exchange_rate') }} as refund_amount_reporting,
        {{ converted('cost_amount', 'exchange_rate') }} as cost_amount_reporting,

        -- dates
        ordered_date,

        -- times
        ordered_at
    from items

),

totalled as (

    select
        *,
        -- from its parts, so that the equation holds in every currency to the cent
        cast(
            gross_revenue_reporting - discount_amount_reporting - tax_amount_reporting - refund_amount_reporting as decimal(18, 2)
        ) as net_revenue_reporting,
        cast(
            gross_revenue_reporting - discount_amount_reporting - tax_amount_reporting - refund_amount_reporting
            - cost_amount_reporting as decimal(18, 2)
        ) as margin_amount_reporting
    from converted

)

select * from totalled
