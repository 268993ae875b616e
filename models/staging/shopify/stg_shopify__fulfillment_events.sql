with

source as (

    {{ newest_rows('shopify', 'fulfillment_event') }}

),

renamed as (

    select
        -- keys
        id as fulfillment_event_id,
        fulfillment_id,
        order_id,

        -- facts
        status,

        -- times
        happened_at,
        estimated_delivery_at,
        updated_at

    from source

)

select * from renamed
