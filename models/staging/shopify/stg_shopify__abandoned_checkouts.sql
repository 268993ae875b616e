-- depends_on: {{ ref('currencies') }}
with

source as (

    {{ newest_rows('shopify', 'abandoned_checkout') }}

),

renamed as (

    select
        -- keys
        id as checkout_id,
        customer_id as shop_customer_id,
        cart_token,

        -- facts
        email,
        phone,
        upper(currency) as currency,
        total_price as total_amount,
        landing_site_base_url,
        referring_site,

        -- times
        created_at,
        completed_at,
        updated_at

    from source

)

select * from renamed
