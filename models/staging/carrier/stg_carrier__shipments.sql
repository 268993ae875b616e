with

source as (

    {{ newest_rows('carrier', 'shipment') }}

),

renamed as (

    select
        -- keys
        shipment_id,
        order_reference,

        -- facts
        lower(carrier) as carrier_name,
        lower(status) as shipment_status,

        -- times
        shipped_at,
        promised_delivery_at,
        delivered_at,
        updated_at

    from source

)

select * from renamed
