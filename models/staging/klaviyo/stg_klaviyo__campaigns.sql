with

source as (

    {{ newest_rows('klaviyo', 'campaign') }}

),

renamed as (

    select
        -- keys
        id as campaign_id,

        -- facts
        name as campaign_name,
        subject,
        campaign_type,
        coalesce(status_label, status) as campaign_status,

        -- flags
        archived as is_archived,
        _fivetran_deleted as is_deleted,

        -- times
        created as created_at,
        coalesce(send_time, scheduled) as scheduled_at,
        sent_at,
        updated as updated_at

    from source

)

select * from renamed
