with

source as (

    {{ newest_rows('shopify', 'customer') }}

),

renamed as (

    select
        -- keys
        id as shop_customer_id,

        -- facts
        first_name,
        last_name,
        email,
        phone,
        state as account_state,

        -- flags
        verified_email as is_email_verified,
        accepts_marketing,

        -- times
        created_at,
        updated_at

    from source

)

select * from renamed
