{{ config(materialized='table') }}
{%- set horizons = [3, 6, 12] %}
{%- set target_ratio = held_to_form('ltv_cac_target_ratio', var('ltv_cac_target_ratio') | string, '[1-9][0-9]*([.][0-9]+)?', 'a number of 1 or more') %}

with

acquired as (

    select * from {{ ref('int_acquisition__groups') }}

),

earned as (

    select * from {{ ref('int_acquisition__earned') }}

),

joined as (

    select
        acquired.grain,
        acquired.channel,
        acquired.campaign,
        acquired.month,
        max(acquired.customers_acquired) as customers,
        max(acquired.spend) as spend,
        max(acquired.complete_months) as complete_months,
        max(acquired.predicted_value) as predicted_value,
        max(acquired.customers_predicted) as customers_predicted,
        {% for months in horizons %}
        sum(case when earned.months_since < {{ months }} then earned.net_revenue end) as revenue_{{ months }}_months,
        sum(case when earned.months_since < {{ months }} then earned.margin_amount end) as margin_{{ months }}_months,
        {% endfor %}
        sum(earned.margin_amount) as margin_to_date,
        -- a month that is not over for all of them is not a figure
        min(
            case
                when acquired.spend > 0 and earned.margin_so_far >= acquired.spend and earned.months_since < acquired.complete_months
                    then earned.months_since + 1
            end
        ) as payback_month
    from acquired
    left join earned
        on acquired.grain = earned.grain
        and acquired.channel = earned.channel
        and acquired.campaign is not distinct from earned.campaign
        and acquired.month = earned.month
    group by acquired.grain, acquired.channel, acquired.campaign, acquired.month

),

per_customer as (

    select
        grain,
        channel,
        campaign,
        month,
        customers,
        spend,
        complete_months,
        payback_month,
        {{ to_the_cent('spend / nullif(customers, 0)') }} as cac,
        {% for months in horizons %}
        {% for amount in ['revenue', 'margin'] %}
        case
            when complete_months >= {{ months }} then {{ to_the_cent(amount ~ '_' ~ months ~ '_months / nullif(customers, 0)') }}
        end as {{ amount }}_{{ months }}_months,
        {% endfor %}
        {% endfor %}
        {{ to_the_cent('margin_to_date / nullif(customers, 0)') }} as margin_to_date,
        {{ to_the_cent('predicted_value / nullif(customers_predicted, 0)') }} as predicted_value_12_months
    from joined

),

valued as (

    select
        *,
        cast(margin_to_date + coalesce(predicted_value_12_months, 0) as decimal(18, 2)) as lifetime_value,
        case
            when customers = 0 then 'none'
            when predicted_value_12_months is null then 'to_date'
            else 'to_date_and_predicted'
        end as lifetime_value_basis
    from per_customer

)

select
    *,
    {{ to_the_cent('lifetime_value / nullif(cac, 0)') }} as ltv_to_cac,
    {{ to_the_cent('lifetime_value / ' ~ target_ratio) }} as highest_affordable_cpa
from valued
