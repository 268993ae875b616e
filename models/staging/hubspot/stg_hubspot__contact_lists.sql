with

source as (

    {{ newest_rows('hubspot', 'contact_list') }}

),

renamed as (

    select
        -- keys
        id as contact_list_id,

        -- facts
        name as list_name,
        processing_type as list_type,

        -- flags
        _fivetran_deleted as is_deleted,

        -- times
        created_at,
        updated_at

    from source

)

select * from renamed
