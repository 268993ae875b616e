with

reported as (

    {% for platform in ['google_ads', 'facebook_ads'] %}
    select
        spend.spend_date,
        spend.platform,
        spend.account_id,
        spend.campaign_id,
        campaigns.campaign_name,
        spend.platform as utm_source,
        campaigns.campaign_type as utm_medium,
        -- these platforms fill the campaign's name into the link
        campaigns.campaign_name as utm_campaign,
        coalesce(accounts.currency, {{ ad_account_currency() }}) as currency,
        coalesce(accounts.is_test, false) as is_test,
        spend.impressions,
        spend.clicks,
        spend.spend
    from {{ ref('stg_' ~ platform ~ '__spend') }} as spend
    left join {{ ref('stg_' ~ platform ~ '__accounts') }} as accounts
        on spend.account_id = accounts.account_id
    left join {{ ref('int_advertising__campaigns') }} as campaigns
        on spend.platform = campaigns.platform
        and spend.account_id = campaigns.account_id
        and spend.campaign_id is not distinct from campaigns.campaign_id

    union all
    {% endfor %}

    select
        spend_date,
        platform,
        account_id,
        campaign_id,
        campaign_name,
        lower(coalesce(utm_source, platform)) as utm_source,
        lower(utm_medium) as utm_medium,
        coalesce(utm_campaign, campaign_name) as utm_campaign,
        currency,
        false as is_test,
        impressions,
        clicks,
        spend
    from {{ ref('stg_ads__spend') }}

),

summed as (

    select
        spend_date,
        platform,
        account_id,
        campaign_id,
        campaign_name,
        utm_source,
        utm_medium,
        cast(null as {{ dbt.type_string() }}) as url_parameters,
        cast(null as {{ dbt.type_string() }}) as referrer_host,
        utm_campaign,
        currency,
        is_test,
        cast(sum(coalesce(impressions, 0)) as bigint) as impressions,
        cast(sum(coalesce(clicks, 0)) as bigint) as clicks,
        cast(sum(coalesce(spend, 0)) as decimal(18, 6)) as spend
    from reported
    group by
        spend_date, platform, account_id, campaign_id, campaign_name, utm_source, utm_medium, utm_campaign, currency, is_test

)

select * from summed
