with

source as (

    {{ newest_rows('segment', 'in_app_message_viewed') }}

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
