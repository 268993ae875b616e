with

source as (

    {{ newest_rows('segment', 'push_notification_tapped') }}

),

renamed as (

    select
        -- what all events share
        {{ event_columns() }},

        -- keys
        campaign_id,

        -- facts
        campaign_name

    from source

)

select * from renamed
