with

source as (

    {{ newest_rows('google_ads', 'campaign_history') }}

),

renamed as (

    select
        -- keys
        'google_ads' as platform,
        customer_id as account_id,
        id as campaign_id,

        -- facts
        name as campaign_name,
        lower(advertising_channel_type) as campaign_type,
        lower(status) as campaign_status,

        -- dates
        start_date,
        end_date,

        -- times
        updated_at

    from source

)

select * from renamed
