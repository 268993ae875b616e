with

source as (

    {{ newest_rows('google_ads', 'campaign_stats') }}

),

renamed as (

    select
        -- keys
        date as spend_date,
        'google_ads' as platform,
        customer_id as account_id,
        id as campaign_id,
        cast(null as {{ dbt.type_string() }}) as campaign_name,
        cast(null as {{ dbt.type_string() }}) as ad_id,

        -- facts
        cast(null as {{ dbt.type_string() }}) as utm_source,
        cast(null as {{ dbt.type_string() }}) as utm_medium,
        cast(null as {{ dbt.type_string() }}) as utm_campaign,
        cast(null as {{ dbt.type_string() }}) as currency,
        impressions,
        clicks,
        cast(cost_micros * 0.000001 as decimal(18, 6)) as spend,

        -- times
        _fivetran_synced as updated_at

    from source

)

select * from renamed
