{{ config(materialized='table') }}

{%- set months_shown = [3, 6, 12] %}
{%- set models = ['bg_nbd', 'mbg_nbd', 'gamma_gamma'] %}

with

histories as (

    select * from {{ ref('int_value__repeat_histories') }}
    where purpose = 'prediction'

),

{% for model in models %}
{{ model }} as (

    select * from {{ ref('int_value__parameters') }}
    where purpose = 'prediction' and model = '{{ model }}'

),

{% endfor %}
-- the few distinct histories are scored before the many customers are
orders_if_alive as (

    select
        {%- for months, days in clv_horizons().items() %}
        max(case when horizon_days = {{ days }} then orders_if_alive end) as orders_{{ months }}_months,
        {%- endfor %}
        scope,
        repeats,
        age_days
    from {{ ref('int_value__expected_orders') }}
    where purpose = 'prediction' and model = 'bg_nbd'
    group by scope, repeats, age_days

),

discounted_if_alive as (

    select
        {%- for months in months_shown %}
        {{ discounted_orders(months) }} as discounted_orders_{{ months }}_months,
        {%- endfor %}
        *
    from orders_if_alive

),

joined as (

    select
        histories.customer_id,
        histories.repeats,
        {%- for months in months_shown %}
        expected.orders_{{ months }}_months,
        expected.discounted_orders_{{ months }}_months,
        {%- endfor %}
        {{ alive_probability('bg_nbd', 'histories') }} as counted_alive,
        {{ alive_probability('mbg_nbd', 'histories') }} as probability_alive,
        {{ expected_spend('histories') }} as expected_spend,
        bg_nbd.customers as fit_customers,
        least(bg_nbd.cut_off, mbg_nbd.cut_off, gamma_gamma.cut_off) as fit_cut_off,
        least(bg_nbd.fitted_on, mbg_nbd.fitted_on, gamma_gamma.fitted_on) as fit_fitted_on
    from histories
    left join discounted_if_alive as expected
        on histories.scope = expected.scope
        and histories.repeats = expected.repeats
        and histories.age_days = expected.age_days
    {%- for model in models %}
    left join {{ model }}
        on histories.scope = {{ model }}.scope
    {%- endfor %}

),

-- expected counts follow BG/NBD, who is alive follows MBG/NBD: the first is sure of every customer of one order
scored as (

    select
        -- keys
        customer_id,

        -- facts
        repeats,
        round(probability_alive, 6) as probability_alive,
        {%- for months in months_shown %}
        round(counted_alive * orders_{{ months }}_months, 6) as expected_orders_{{ months }}_months,
        {%- endfor %}
        round(expected_spend, 6) as expected_spend,
        {%- for months in months_shown %}
        round(counted_alive * discounted_orders_{{ months }}_months * expected_spend, 6) as discounted_revenue_{{ months }}_months,
        {%- endfor %}
        fit_customers,

        -- dates
        fit_cut_off,
        fit_fitted_on
    from joined

)

select * from scored
