with

source as (

    {{ newest_rows('recharge', 'charge_line_item') }}

),

renamed as (

    select
        -- keys
        charge_id,
        index as item_position,
        case when purchase_item_type = 'subscription' then purchase_item_id end as subscription_id,
        external_product_id_ecommerce as product_id,
        external_variant_id_ecommerce as variant_id,
        sku,

        -- facts
        title as product_name,
        variant_title as variant_name,
        quantity,
        unit_price,
        tax_due as tax_amount,
        total_price as item_amount

    from source

)

select * from renamed
