with

source as (

    {{ newest_rows('facebook_ads', 'basic_ad') }}

),

renamed as (

    select
        -- keys
        date as spend_date,
        'facebook_ads' as platform,
        account_id,
        cast(null as {{ dbt.type_string() }}) as campaign_id,
        cast(null as {{ dbt.type_string() }}) as campaign_name,
        ad_id,

        -- facts
        cast(null as {{ dbt.type_string() }}) as utm_source,
        cast(null as {{ dbt.type_string() }}) as utm_medium,
        cast(null as {{ dbt.type_string() }}) as utm_campaign,
        cast(null as {{ dbt.type_string() }}) as currency,
        impressions,
        inline_link_clicks as clicks,
        spend,

        -- times
        cast(null as {{ dbt.type_timestamp() }}) as updated_at

    from source

)

select * from renamed
