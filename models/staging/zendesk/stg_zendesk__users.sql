with

source as (

    {{ newest_rows('zendesk', 'user') }}

),

renamed as (

    select
        -- keys
        id as helpdesk_user_id,
        external_id,

        -- facts
        name as full_name,
        email,
        phone,
        role as user_role,
        time_zone as timezone,

        -- flags
        verified as is_verified,
        suspended as is_suspended,
        active as is_active,

        -- times
        created_at,
        updated_at

    from source

)

select * from renamed
