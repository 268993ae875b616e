-- depends_on: {{ ref('currencies') }}
with

source as (

    {{ newest_rows('klaviyo', 'event') }}

),

renamed as (

    select
        -- keys
        id as email_event_id,
        person_id as email_profile_id,
        metric_id,
        campaign_id,
        flow_id,
        flow_message_id,
        property_event_id as order_reference,
        {{ json_text('property_attribution', '$attributed_event_id') }} as attributed_event_id,
        {{ json_text('property_attribution', '$message') }} as attributed_message_id,

        -- facts
        type as event_type,
        _variation as variation_id,
        property_subject as subject,
        property_email_domain as email_domain,
        property_bounce_type as bounce_type,
        property_client_type as client_type,
        property_client_name as client_name,
        upper(property_currency_code) as currency,
        property_value as event_amount,

        -- times
        coalesce(datetime, timestamp) as occurred_at

    from source

)

select * from renamed
