with

source as (

    {{ newest_rows('shopify', 'product') }}

),

renamed as (

    select
        -- keys
        id as product_id,

        -- facts
        title as product_name,
        product_type,
        vendor,

        -- flags
        _fivetran_deleted as is_deleted,

        -- times
        created_at,
        published_at,
        updated_at

    from source

)

select * from renamed
