{#- The currency of advertising accounts whose loader names none, as a SQL text; null where nobody has said. -#}
{% macro ad_account_currency() -%}
    nullif('{{ held_to_form("ad_account_currency", var("ad_account_currency") | string, "([A-Z]{3})?", "an ISO 4217 code such as EUR, or empty") }}', '')
{%- endmacro %}
