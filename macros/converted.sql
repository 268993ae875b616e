{#- An amount in the reporting currency, to the cent: the one place that converts money. -#}
{% macro converted(amount, exchange_rate) -%}
    cast(round(({{ amount }}) * {{ exchange_rate }}, 2) as decimal(18, 2))
{%- endmacro %}
