with

source as (

    {{ newest_rows('loyalty', 'point_entry') }}

),

renamed as (

    select
        -- keys
        entry_id as point_entry_id,
        member_id,
        order_reference,

        -- facts
        lower(entry_type) as entry_type,
        points,

        -- times
        occurred_at,
        expires_at

    from source

)

select * from renamed
