-- depends_on: {{ ref('currencies') }}
with

source as (

    {{ newest_rows('ads', 'spend') }}

),

renamed as (

    select
        -- keys
        date as spend_date,
        lower(platform) as platform,
        account_id,
        campaign_id,
        campaign_name,
        cast(null as {{ dbt.type_string() }}) as ad_id,

        -- facts
        utm_source,
        utm_medium,
        utm_campaign,
        upper(currency) as currency,
        impressions,
        clicks,
        spend,

        -- times
        cast(null as {{ dbt.type_timestamp() }}) as updated_at

    from source

)

select * from renamed
