with

source as (

    {{ newest_rows('privacy', 'consent_event') }}

),

renamed as (

    select
        -- keys
        consent_event_id,
        lower(identifier_type) as identifier_type,
        identifier_value,

        -- facts
        lower(purpose) as purpose,
        lower(status) as consent_status,
        source as consent_source,

        -- times
        occurred_at

    from source

)

select * from renamed
