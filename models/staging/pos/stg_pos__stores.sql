with

source as (

    {{ newest_rows('pos', 'store') }}

),

renamed as (

    select
        -- keys
        store_id,

        -- facts
        name as store_name,
        city,
        region,
        upper(country_code) as country_code,
        timezone,

        -- dates
        opened_on as opened_date

    from source

)

select * from renamed
