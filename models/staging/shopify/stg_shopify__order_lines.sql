with

source as (

    {{ newest_rows('shopify', 'order_line') }}

),

renamed as (

    select
        -- keys
        id as order_line_id,
        order_id,
        product_id,
        variant_id,
        sku,

        -- facts
        title as product_name,
        quantity,
        price as unit_price,
        total_discount as discount_amount,

        -- flags
        gift_card as is_gift_card

    from source

)

select * from renamed
