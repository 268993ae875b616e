{{ config(materialized='table') }}

{%- set days = var('clv_backtest_days') | int %}
{%- set models = ['bg_nbd', 'mbg_nbd'] %}

with

histories as (

    select * from {{ ref('int_value__repeat_histories') }}
    where purpose = 'backtest'

),

{% for model in models + ['gamma_gamma'] %}
{{ model }} as (

    select * from {{ ref('int_value__parameters') }}
    where purpose = 'backtest' and model = '{{ model }}'

),

{% endfor %}
{% for model in models %}
{{ model }}_orders as (

    select * from {{ ref('int_value__expected_orders') }}
    where purpose = 'backtest' and model = '{{ model }}'

),

{% endfor %}
-- what really happened afterwards
held_out as (

    select
        customer_id,
        count(*) as orders,
        sum(net_revenue) as revenue
    from {{ ref('int_value__occasions') }}
    where occasion_date > {{ days_before_as_of_date(days) }}
    group by customer_id

),

-- a customer's segment are those who came in the same month
segments as (

    select
        date_trunc('month', first_order_date) as first_order_month,
        sum(repeats) * {{ days }}e0 / nullif(sum(age_days), 0) as orders,
        sum(repeat_revenue) * {{ days }}e0 / nullif(sum(age_days), 0) as revenue
    from histories
    group by date_trunc('month', first_order_date)

),

-- counts as decimals: their sums do not depend on the order of the rows
compared as (

    select
        -- keys
        histories.customer_id,

        -- facts
        cast(coalesce(held_out.orders, 0) as bigint) as actual_orders,
        cast(coalesce(held_out.revenue, 0) as decimal(18, 2)) as actual_revenue,
        {%- for model in models %}
        cast({{ alive_probability(model, 'histories') }} * {{ model }}_orders.orders_if_alive as decimal(18, 6)) as {{ model }}_orders,
        {{ to_the_cent(alive_probability(model, 'histories') ~ ' * ' ~ model ~ '_orders.orders_if_alive * ' ~ expected_spend('histories')) }}
            as {{ model }}_revenue,
        {%- endfor %}
        cast(coalesce(histories.repeats * {{ days }}e0 / nullif(histories.age_days, 0), 0) as decimal(18, 6)) as same_rate_as_before_orders,
        {{ to_the_cent('coalesce(histories.repeat_revenue * ' ~ days ~ 'e0 / nullif(histories.age_days, 0), 0)') }} as same_rate_as_before_revenue,
        cast(coalesce(segments.orders, 0) as decimal(18, 6)) as segment_mean_orders,
        {{ to_the_cent('coalesce(segments.revenue, 0)') }} as segment_mean_revenue,

        -- dates
        histories.cut_off
    from histories
    left join bg_nbd
        on histories.scope = bg_nbd.scope
    left join bg_nbd_orders
        on histories.scope = bg_nbd_orders.scope
        and histories.repeats = bg_nbd_orders.repeats
        and histories.age_days = bg_nbd_orders.age_days
    left join mbg_nbd
        on histories.scope = mbg_nbd.scope
    left join mbg_nbd_orders
        on histories.scope = mbg_nbd_orders.scope
        and histories.repeats = mbg_nbd_orders.repeats
        and histories.age_days = mbg_nbd_orders.age_days
    left join gamma_gamma
        on histories.scope = gamma_gamma.scope
    left join segments
        on date_trunc('month', histories.first_order_date) = segments.first_order_month
    left join held_out
        on histories.customer_id = held_out.customer_id

)

select * from compared
