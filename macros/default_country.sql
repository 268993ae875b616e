{#- The country in whose format a phone number is read when nothing else says so, as a SQL text. -#}
{% macro default_country() -%}
    '{{ held_to_form("default_country", var("default_country") | string, "[A-Z]{2}", "an ISO 3166 code such as GB") }}'
{%- endmacro %}
