with

spend as (

    select * from {{ ref('int_advertising__spend') }}
    where disposition = 'counted'

),

rounded as (

    select
        -- keys
        spend_date,
        platform,
        account_id,
        campaign_id,
        currency,

        -- facts
        campaign_name,
        utm_campaign,
        channel,
        impressions,
        clicks,
        {{ to_the_cent('spend') }} as spend,
        spend_reporting,

        -- dates
        cast(date_trunc('month', spend_date) as date) as spend_month
    from spend

)

select * from rounded
