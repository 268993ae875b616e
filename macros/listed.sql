{#- The texts of a group as one, in order: 'klaviyo.person, shopify.customer'. DuckDB orders inside the call, Spark after it. -#}
{% macro listed(text) -%}
    {{ return(adapter.dispatch('listed', 'customer_360')(text)) }}
{%- endmacro %}

{% macro default__listed(text) -%}
    listagg({{ text }}, ', ') within group (order by {{ text }})
{%- endmacro %}

{% macro duckdb__listed(text) -%}
    string_agg({{ text }}, ', ' order by {{ text }})
{%- endmacro %}
