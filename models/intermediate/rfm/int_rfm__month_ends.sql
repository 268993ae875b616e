{{ config(materialized='table') }}

with

spans as (

    select * from {{ ref('int_rfm__spans') }}

),

{{ month_spine('months', 'spans', 'first_month') }},

ended as (

    select month
    from months
    where last_day(month) <= {{ as_of_date() }}

),

{% set measures = {'recency': 'last_order_date', 'frequency': 'order_days', 'monetary': 'net_revenue'} %}
{% for score, column in measures.items() %}
{{ score }}_counts as (

    select
        ended.month,
        counted.{{ column }},
        sum(counted.customers) as customers
    from (
        select
            first_month,
            last_month,
            {{ column }},
            count(*) as customers
        from spans
        where order_days > 0
        group by first_month, last_month, {{ column }}
    ) as counted
    inner join ended
        on counted.first_month <= ended.month
        and coalesce(counted.last_month, ended.month) >= ended.month
    group by ended.month, counted.{{ column }}

),

{{ score_cuts(score ~ '_cuts', score ~ '_counts', column, customers='sum(customers)', by='month') }},

{% endfor %}
cuts as (

    select
        ended.month,
        {% for score, column in measures.items() %}
        {% for bin in range(2, var('rfm_bins') | int + 1) %}
        {{ score }}_cuts.{{ column }}_{{ bin }},
        {% endfor %}
        {% endfor %}
        last_day(ended.month) as month_end
    from ended
    {% for score in measures %}
    left join {{ score }}_cuts
        on ended.month = {{ score }}_cuts.month
    {% endfor %}

)

select * from cuts
