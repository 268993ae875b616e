with

hold_out as (

    select * from {{ ref('int_value__hold_out') }}

),

top_deciles as (

    select * from {{ ref('clv_backtest_deciles') }}
    where decile = 10

),

summed as (

    {% for method in clv_methods() %}
    select
        '{{ method }}' as method, -- noqa: RF04
        cut_off,
        count(*) as customers,
        sum(actual_orders) as actual_orders,
        sum(actual_revenue) as actual_revenue,
        sum({{ method }}_orders) as predicted_orders,
        sum({{ method }}_revenue) as predicted_revenue,
        sum(abs({{ method }}_orders - actual_orders)) as absolute_error,
        sum(abs({{ method }}_revenue - actual_revenue)) as absolute_revenue_error,
        -- exact as decimals, and only then doubles
        sum({{ method }}_orders * {{ method }}_orders) * 1e0 as predicted_squares,
        sum({{ method }}_orders * actual_orders) * 1e0 as products,
        sum(actual_orders * actual_orders) * 1e0 as actual_squares
    from hold_out
    group by cut_off
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

measured as (

    select
        -- keys
        summed.method,

        -- facts
        cast({{ var('clv_backtest_days') | int }} as bigint) as hold_out_days,
        summed.customers,
        cast(summed.actual_orders as bigint) as actual_orders,
        summed.predicted_orders * 1e0 as predicted_orders,
        round(summed.predicted_orders * 1e0 / nullif(summed.actual_orders, 0) - 1, 6) as total_error,
        round(summed.absolute_error * 1e0 / summed.customers, 6) as mean_absolute_error,
        round(
            (summed.customers * summed.products - summed.predicted_orders * 1e0 * summed.actual_orders)
            / nullif(
                sqrt(greatest(summed.customers * summed.predicted_squares - pow(summed.predicted_orders * 1e0, 2), 0e0))
                * sqrt(summed.customers * summed.actual_squares - pow(summed.actual_orders * 1e0, 2)),
                0
            ),
            6
        ) as correlation, -- noqa: RF04
        round(top_deciles.actual_orders * 1e0 / nullif(summed.actual_orders, 0), 6) as top_decile_share,
        round(
            top_deciles.actual_orders * 1e0 * summed.customers / nullif(summed.actual_orders * top_deciles.customers, 0), 6
        ) as top_decile_lift,
        cast(summed.actual_revenue as decimal(18, 2)) as actual_revenue,
        cast(summed.predicted_revenue as decimal(18, 2)) as predicted_revenue,
        round(summed.predicted_revenue * 1e0 / nullif(summed.actual_revenue, 0) - 1, 6) as total_revenue_error,
        {{ to_the_cent('summed.absolute_revenue_error * 1e0 / summed.customers') }} as mean_absolute_revenue_error,

        -- dates
        summed.cut_off,
        {{ as_of_date() }} as as_of_date
    from summed
    left join top_deciles
        on summed.method = top_deciles.method

)

select * from measured
