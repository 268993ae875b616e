with

source as (

    {{ newest_rows('shopify', 'inventory_level') }}

),

renamed as (

    select
        -- keys
        id as inventory_level_id,
        inventory_item_id,
        location_id,

        -- times
        created_at,
        updated_at

    from source

)

select * from renamed
