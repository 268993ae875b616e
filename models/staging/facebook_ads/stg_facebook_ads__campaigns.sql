with

source as (

    {{ newest_rows('facebook_ads', 'campaign_history') }}

),

renamed as (

    select
        -- keys
        'facebook_ads' as platform,
        account_id,
        id as campaign_id,

        -- facts
        name as campaign_name,
        cast(null as {{ dbt.type_string() }}) as campaign_type,
        cast(null as {{ dbt.type_string() }}) as campaign_status,

        -- dates
        cast(null as date) as start_date,
        cast(null as date) as end_date,

        -- times
        updated_time as updated_at

    from source

)

select * from renamed
