with

source as (

    {{ newest_rows('shopify', 'fulfillment') }}

),

renamed as (

    select
        -- keys
        id as fulfillment_id,
        order_id,
        location_id,

        -- facts
        status,
        shipment_status,
        tracking_company,
        tracking_number,

        -- times
        created_at as shipped_at,
        updated_at

    from source

)

select * from renamed
