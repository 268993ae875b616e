with

source as (

    {{ newest_rows('recharge', 'customer') }}

),

renamed as (

    select
        -- keys
        id as subscriber_id,
        external_customer_id_ecommerce as shop_customer_id,

        -- facts
        email,
        first_name,
        last_name,

        -- flags
        has_valid_payment_method,
        has_payment_method_in_dunning as is_in_dunning,

        -- times
        first_charge_processed_at as first_charged_at,
        created_at,
        updated_at

    from source

)

select * from renamed
