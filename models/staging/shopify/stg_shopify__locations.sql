with

source as (

    {{ newest_rows('shopify', 'location') }}

),

renamed as (

    select
        -- keys
        id as location_id,

        -- facts
        name as location_name,
        city,
        upper(country_code) as country_code,

        -- flags
        active as is_active,
        _fivetran_deleted as is_deleted,

        -- times
        updated_at

    from source

)

select * from renamed
