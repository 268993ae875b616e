{#- A CTE of the days up to which orders are seen: the as-of date to predict from, and an earlier one to see how predictions turned out. -#}
{% macro clv_cut_offs(name) -%}
{{ name }} as (

    select
        'prediction' as purpose,
        {{ as_of_date() }} as cut_off

    union all

    select
        'backtest' as purpose,
        {{ days_before_as_of_date(var('clv_backtest_days')) }} as cut_off

)
{%- endmacro %}
