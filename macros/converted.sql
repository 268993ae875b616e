{#- An amount in the reporting currency, to the cent: the one place that converts money. -#}
{% macro converted(amount, exchange_rate) -%}
    {#- the amount is narrowed first: Spark cuts digits off a product that would need more than 38 #}
    cast(round(cast({{ amount }} as decimal(18, 2)) * {{ exchange_rate }}, 2) as decimal(18, 2))
{%- endmacro %}
