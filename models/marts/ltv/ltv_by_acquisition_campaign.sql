with

valued as (

    select
        *,
        max(spend) over (partition by channel, campaign) as most_spend
    from {{ ref('int_acquisition__valued') }}
    where grain = 'campaign'

),

described as (

    select
        -- keys
        channel as acquisition_channel,
        campaign as acquisition_campaign,
        month as first_order_month,

        -- facts
        customers as customers_acquired,
        spend,
        cac,
        revenue_3_months,
        revenue_6_months,
        revenue_12_months,
        margin_3_months,
        margin_6_months,
        margin_12_months,
        margin_to_date,
        predicted_value_12_months,
        lifetime_value,
        lifetime_value_basis,
        ltv_to_cac,
        payback_month,
        highest_affordable_cpa,
        complete_months,
        {{ reporting_currency() }} as reporting_currency,

        -- dates
        {{ as_of_date() }} as as_of_date
    from valued
    where most_spend > 0

)

select * from described
