{#- How far predictions look ahead: months, and the days that stand for them. Nine months is not shown: it makes four even quarters, each
    of which is discounted from its middle. -#}
{% macro clv_horizons() -%}
    {{ return({3: 91, 6: 182, 9: 273, 12: 365}) }}
{%- endmacro %}
