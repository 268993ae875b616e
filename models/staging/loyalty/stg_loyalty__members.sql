with

source as (

    {{ newest_rows('loyalty', 'member') }}

),

renamed as (

    select
        -- keys
        member_id,
        loyalty_number,
        home_store_id as store_id,

        -- facts
        email,
        phone,
        first_name,
        last_name,
        status as member_status,
        enrolled_channel,

        -- dates
        birth_date,

        -- times
        enrolled_at,
        updated_at

    from source

)

select * from renamed
