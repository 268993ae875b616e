with

valued as (

    select * from {{ ref('int_acquisition__valued') }}
    where grain = 'channel'

),

described as (

    select
        -- keys
        channel as acquisition_channel,
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

)

select * from described
