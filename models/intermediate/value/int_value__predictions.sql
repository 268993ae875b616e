with

scores as (

    select * from {{ ref('int_value__scores') }}

),

days_of_known_margin as (

    select * from {{ ref('int_value__order_days') }}
    where margin_amount is not null

),

known as (

    select
        customer_id,
        sum(margin_amount) as margin_amount,
        sum(net_revenue) as net_revenue
    from days_of_known_margin
    group by customer_id

),

average_day as (

    select
        sum(margin_amount) * 1e0 / nullif(count(*), 0) as margin_amount,
        sum(net_revenue) * 1e0 / nullif(count(*), 0) as net_revenue
    from days_of_known_margin

),

-- the retailer's average day is added to a customer's own, so that one order, of which perhaps a euro is left after refunds, does not say it all
margins as (

    select
        scores.customer_id,
        (coalesce(known.margin_amount, 0) + average_day.margin_amount)
        / nullif(coalesce(known.net_revenue, 0) + average_day.net_revenue, 0) as margin_rate
    from scores
    left join known
        on scores.customer_id = known.customer_id
    cross join average_day

),

valued as (

    select
        -- keys
        scores.customer_id,

        -- facts
        scores.probability_alive,
        scores.expected_orders_3_months,
        scores.expected_orders_6_months,
        scores.expected_orders_12_months,
        {{ to_the_cent('scores.expected_spend') }} as expected_order_value,
        {%- for months in [3, 6, 12] %}
        {{ to_the_cent('scores.discounted_revenue_' ~ months ~ '_months * margins.margin_rate') }}
            as predicted_value_{{ months }}_months,
        {%- endfor %}
        case
            when scores.expected_orders_12_months is null then 'none'
            when scores.repeats = 0 or scores.expected_spend is null then 'low'
            when scores.fit_customers < {{ var('clv_fit_by_min_customers') | int }} then 'low'
            when scores.fit_cut_off < {{ days_before_as_of_date(var('clv_fit_max_age_days')) }} then 'low'
            else 'high'
        end as prediction_confidence,

        -- dates
        scores.fit_fitted_on as predictions_fitted_on
    from scores
    inner join margins
        on scores.customer_id = margins.customer_id

)

select * from valued
