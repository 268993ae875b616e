with

source as (

    {{ newest_rows('hubspot', 'contact') }}

),

renamed as (

    select
        -- keys
        id as crm_contact_id,

        -- facts
        property_email as email,
        property_email_1 as second_email,
        property_firstname as first_name,
        property_lastname as last_name,
        property_company as company_name,
        property_hs_merged_object_ids as merged_contact_ids,

        -- times
        coalesce(property_createdate, property_created_at) as created_at,
        _fivetran_synced as updated_at

    from source

)

select * from renamed
