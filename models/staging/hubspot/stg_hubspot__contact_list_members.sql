with

source as (

    {{ newest_rows('hubspot', 'contact_list_member') }}

),

renamed as (

    select
        -- keys
        contact_list_id,
        contact_id as crm_contact_id,

        -- flags
        _fivetran_deleted as is_deleted,

        -- times
        added_at

    from source

)

select * from renamed
