{#- The currency of every *_reporting column, as a SQL text. -#}
{% macro reporting_currency() -%}
    '{{ held_to_form("reporting_currency", var("reporting_currency") | string, "[A-Z]{3}", "an ISO 4217 code such as EUR") }}'
{%- endmacro %}
