-- Customers by channel and month are the customers with an order, and spend by channel and month is the spend of ad_spend, to the cent.
with

by_channel as (

    select
        sum(customers_acquired) as customers,
        sum(spend) as spend
    from {{ ref('ltv_by_acquisition_channel') }}

),

all_customers as (

    select count(*) as customers
    from {{ ref('customer_ltv') }}
    where orders > 0

),

all_spend as (

    select sum(spend_reporting) as spend
    from {{ ref('ad_spend') }}

),

by_campaign as (

    select sum(spend) as spend
    from {{ ref('ltv_by_acquisition_campaign') }}

),

named_spend as (

    select sum(spend_reporting) as spend
    from {{ ref('ad_spend') }}
    where utm_campaign is not null

)

select
    by_channel.customers,
    all_customers.customers as customers_with_orders,
    by_channel.spend,
    all_spend.spend as advertising_spend,
    by_campaign.spend as spend_of_campaigns,
    named_spend.spend as advertising_spend_of_campaigns
from by_channel
cross join all_customers
cross join all_spend
cross join by_campaign
cross join named_spend
where coalesce(by_channel.customers, 0) <> all_customers.customers
    or coalesce(by_channel.spend, 0) <> coalesce(all_spend.spend, 0)
    or coalesce(by_campaign.spend, 0) <> coalesce(named_spend.spend, 0)
