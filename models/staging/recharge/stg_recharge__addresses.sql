with

source as (

    {{ newest_rows('recharge', 'address') }}

),

renamed as (

    select
        -- keys
        id as address_id,
        customer_id as subscriber_id,

        -- facts
        first_name,
        last_name,
        phone,
        address_1 as address_line,
        city,
        province as region,
        zip as postal_code,
        upper(country_code) as country_code,

        -- times
        created_at,
        updated_at

    from source

)

select * from renamed
