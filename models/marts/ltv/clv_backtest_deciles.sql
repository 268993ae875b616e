with

hold_out as (

    select * from {{ ref('int_value__hold_out') }}

),

-- customers of one prediction are one row: no order among them can move anybody from one tenth to the next
predictions as (

    {% for method in clv_methods() %}
    select
        '{{ method }}' as method, -- noqa: RF04
        cut_off,
        {{ method }}_orders as prediction,
        count(*) as customers,
        sum({{ method }}_orders) as predicted_orders,
        sum(actual_orders) as actual_orders,
        sum({{ method }}_revenue) as predicted_revenue,
        sum(actual_revenue) as actual_revenue
    from hold_out
    where {{ method }}_orders is not null
    group by cut_off, {{ method }}_orders
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

ranked as (

    select
        *,
        sum(customers) over (partition by method order by prediction) - customers as customers_below,
        sum(customers) over (partition by method) as all_customers
    from predictions

),

cut as (

    select
        *,
        cast(1 + floor(10 * customers_below / all_customers) as bigint) as decile
    from ranked

),

summed as (

    select
        -- keys
        method,
        decile,

        -- facts
        cast(sum(customers) as bigint) as customers,
        sum(predicted_orders) * 1e0 as predicted_orders,
        cast(sum(actual_orders) as bigint) as actual_orders,
        cast(sum(predicted_revenue) as decimal(18, 2)) as predicted_revenue,
        cast(sum(actual_revenue) as decimal(18, 2)) as actual_revenue,

        -- dates
        cut_off
    from cut
    group by method, cut_off, decile

)

select * from summed
