-- depends_on: {{ ref('currencies') }}
with

source as (

    {{ newest_rows('shopify', 'shop') }}

),

renamed as (

    select
        -- keys
        id as shop_id,

        -- facts
        name as shop_name,
        upper(currency) as currency,
        upper(country_code) as country_code,
        iana_timezone as timezone,

        -- flags
        _fivetran_deleted as is_deleted,

        -- times
        updated_at

    from source

)

select * from renamed
