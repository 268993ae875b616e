with

source as (

    {{ newest_rows('hubspot', 'contact_merge_audit') }}

),

renamed as (

    select
        -- keys
        canonical_vid as crm_contact_id,
        vid_to_merge as merged_crm_contact_id,

        -- times
        timestamp as merged_at

    from source

)

select * from renamed
