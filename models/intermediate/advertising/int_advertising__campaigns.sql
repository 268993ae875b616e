with

campaigns as (

    select * from {{ ref('stg_google_ads__campaigns') }}

    union all

    select * from {{ ref('stg_facebook_ads__campaigns') }}

),

-- ads do not say to which campaign they belong; an account with one campaign leaves no choice
sole_campaigns as (

    select
        platform,
        account_id,
        cast(null as {{ dbt.type_string() }}) as campaign_id,
        min(campaign_name) as campaign_name,
        min(campaign_type) as campaign_type
    from campaigns
    group by platform, account_id
    having count(*) = 1

)

select
    platform,
    account_id,
    campaign_id,
    campaign_name,
    campaign_type
from campaigns

union all

select * from sole_campaigns
