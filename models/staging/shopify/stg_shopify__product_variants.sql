with

source as (

    {{ newest_rows('shopify', 'product_variant') }}

),

renamed as (

    select
        -- keys
        id as variant_id,
        product_id,
        inventory_item_id,
        sku,

        -- facts
        title as variant_name,
        price as unit_price,
        inventory_quantity,

        -- flags
        available_for_sale as is_available,

        -- times
        updated_at

    from source

)

select * from renamed
