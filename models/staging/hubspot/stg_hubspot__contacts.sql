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
        property_phone as phone,
        property_firstname as first_name,
        property_lastname as last_name,
        property_address as address_line,
        property_city as city,
        property_zip as postal_code,
        property_country as country,
        property_national_id as national_id,
        property_company as company_name,
        property_hs_merged_object_ids as merged_contact_ids,

        -- dates
        {{ typed('property_date_of_birth', 'date') }} as birth_date,

        -- times
        coalesce(property_createdate, property_created_at) as created_at,
        _fivetran_synced as updated_at

    from source

)

select * from renamed
