with

customers as (

    select * from {{ ref('customer_ltv') }}
    where orders > 0

),

measured as (

    select
        *,
        {{ dbt.datediff('last_order_date', as_of_date(), 'day') }} as days_since_last_order
    from customers

),

judged as (

    select
        -- keys
        customer_id,

        -- facts
        orders,
        cast(days_since_last_order as bigint) as days_since_last_order,
        probability_alive,
        case
            when probability_alive >= {{ var('churn_alive_probability') }} then 'active'
            when probability_alive >= {{ var('churn_lost_probability') }} then 'at_risk'
            when probability_alive is not null then 'lost'
            else 'unknown'
        end as churn_band,
        predicted_value_12_months,

        -- flags
        days_since_last_order > {{ var('churn_after_days') | int }} as is_churned_by_rule,

        -- dates
        last_order_date,
        as_of_date
    from measured

)

select * from judged
