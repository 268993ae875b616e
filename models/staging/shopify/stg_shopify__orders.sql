-- depends_on: {{ ref('currencies') }}
with

source as (

    {{ newest_rows('shopify', 'order') }}

),

renamed as (

    select
        -- keys
        id as order_id,
        customer_id as shop_customer_id,
        location_id,

        -- facts
        name as order_name,
        email,
        shipping_address_first_name as first_name,
        shipping_address_last_name as last_name,
        shipping_address_phone as phone,
        shipping_address_address_1 as address_line,
        shipping_address_city as city,
        shipping_address_zip as postal_code,
        upper(shipping_address_country_code) as country_code,
        upper(currency) as currency,
        total_line_items_price as line_items_amount,
        total_discounts as discount_amount,
        subtotal_price as subtotal_amount,
        total_tax as tax_amount,
        total_price as total_amount,
        financial_status,
        fulfillment_status,
        source_name,
        referring_site,
        landing_site_base_url,

        -- flags
        taxes_included,
        test as is_test,
        buyer_accepts_marketing as accepts_marketing,

        -- times
        created_at as ordered_at,
        cancelled_at,
        updated_at

    from source

)

select * from renamed
