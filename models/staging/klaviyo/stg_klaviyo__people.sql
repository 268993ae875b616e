with

source as (

    {{ newest_rows('klaviyo', 'person') }}

),

renamed as (

    select
        -- keys
        id as email_profile_id,

        -- facts
        email,
        coalesce(phone_number, custom_phone) as phone,
        first_name,
        last_name,
        address_1 as address_line,
        city,
        region,
        zip as postal_code,
        country,
        custom_source as sign_up_source,
        custom_consent as consented_channels,
        custom_consent_method as consent_method,
        custom_sms_consent as sms_consent,

        -- flags
        {{ typed('custom_accepts_marketing', 'boolean') }} as accepts_marketing,

        -- dates
        {{ typed('custom_birthday', 'date') }} as birth_date,

        -- times
        {{ typed('custom_consent_timestamp', 'timestamp') }} as consented_at,
        created as created_at,
        updated as updated_at

    from source

)

select * from renamed
