with

source as (

    {{ newest_rows('shopify', 'order_line_refund') }}

),

renamed as (

    select
        -- keys
        id as order_line_refund_id,
        refund_id,
        order_line_id,

        -- facts
        quantity,
        subtotal as refund_amount,
        total_tax as tax_amount,
        restock_type

    from source

)

select * from renamed
