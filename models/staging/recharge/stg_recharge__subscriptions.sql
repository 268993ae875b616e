with

source as (

    {{ newest_rows('recharge', 'subscription') }}

),

renamed as (

    select
        -- keys
        id as subscription_id,
        customer_id as subscriber_id,
        address_id,
        external_product_id_ecommerce as product_id,
        external_variant_id_ecommerce as variant_id,
        sku,

        -- facts
        status as subscription_status,
        cancellation_reason,
        product_title as product_name,
        variant_title as variant_name,
        quantity,
        price as unit_price,
        order_interval_unit as interval_unit,
        order_interval_frequency as delivery_interval,
        charge_interval_frequency as charge_interval,

        -- times
        next_charge_scheduled_at as next_charge_at,
        created_at,
        cancelled_at,
        updated_at

    from source

)

select * from renamed
