{{ config(materialized='table') }}
{%- set grains = {
    'channel': ('cast(null as ' ~ dbt.type_string() ~ ')', 'true'),
    'campaign': ('campaign', 'campaign is not null')
} %}

with

customers as (

    select
        customers.customer_id,
        customers.acquisition_channel as channel,
        customers.acquisition_campaign as campaign,
        customers.first_order_month as month,
        predictions.predicted_value_12_months
    from {{ ref('int_acquisition__customers') }} as customers
    left join {{ ref('int_value__predictions') }} as predictions
        on customers.customer_id = predictions.customer_id

),

spend as (

    select
        channel,
        utm_campaign as campaign,
        cast(date_trunc('month', spend_date) as date) as month,
        spend_reporting
    from {{ ref('int_advertising__spend') }}
    where disposition = 'counted'

),

-- every customer and every cent, once by channel, and once by campaign where there is one
entries as (

    {% for grain, (campaign, condition) in grains.items() %}
    select
        '{{ grain }}' as grain,
        channel,
        {{ campaign }} as campaign,
        month,
        1 as customers,
        predicted_value_12_months,
        cast(0 as decimal(18, 2)) as spend
    from customers
    where {{ condition }}

    union all

    select
        '{{ grain }}' as grain,
        channel,
        {{ campaign }} as campaign,
        month,
        0 as customers,
        cast(null as decimal(18, 2)) as predicted_value_12_months,
        spend_reporting as spend
    from spend
    where {{ condition }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- spend that brought nobody keeps its row
groups as (

    select
        grain,
        channel,
        campaign,
        month,
        cast(sum(customers) as bigint) as customers_acquired,
        cast(sum(spend) as decimal(18, 2)) as spend,
        cast(sum(predicted_value_12_months) as decimal(18, 2)) as predicted_value,
        count(predicted_value_12_months) as customers_predicted
    from entries
    group by grain, channel, campaign, month

),

lasting as (

    select
        *,
        cast({{ dbt.dateadd('day', -1, dbt.dateadd('month', 1, 'month')) }} as date) as last_day,
        cast({{ dbt.dateadd('day', 1, as_of_date()) }} as date) as first_unknown_day
    from groups

)

select
    grain,
    channel,
    campaign,
    month,
    customers_acquired,
    spend,
    predicted_value,
    customers_predicted,
    -- of which even who came on the last day has had the whole
    cast(greatest({{ whole_months('last_day', 'first_unknown_day') }}, 0) as bigint) as complete_months
from lasting
