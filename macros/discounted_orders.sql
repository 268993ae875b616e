{#- Orders expected within so many months, each worth less the later it comes: those of a quarter are discounted from its middle. From columns
    orders_3_months, orders_6_months and so on, of all clv_horizons() up to that one. -#}
{% macro discounted_orders(months) -%}
    {%- set rate = var('discount_rate_yearly') | float -%}
    {%- set previous = namespace(months=none, days=0) -%}
    {%- for horizon, days in clv_horizons().items() if horizon <= months -%}
        {{ ' + ' if not loop.first -}}
        (orders_{{ horizon }}_months{{ ' - orders_' ~ previous.months ~ '_months' if previous.months }})
        * {{ '%.12f' % ((1 + rate) ** (-(previous.days + days) / 2 / 365)) }}e0
        {%- set previous.months = horizon -%}
        {%- set previous.days = days -%}
    {%- endfor -%}
{%- endmacro %}
