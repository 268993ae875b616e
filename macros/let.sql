{#- let('x', "lower(name)", "x || x") is lower(name) || lower(name): a long expression that is needed several times, written and computed
    once. A macro cannot add a CTE to the model that calls it; the lambda of a list of one can name a value where it stands. -#}
{% macro let(name, value, body) -%}
    {{ return(adapter.dispatch('let', 'customer_360')(name, value, body)) }}
{%- endmacro %}

{% macro default__let(name, value, body) -%}
    element_at(transform(array({{ value }}), {{ name }} -> {{ body }}), 1)
{%- endmacro %}

{% macro duckdb__let(name, value, body) -%}
    list_transform([{{ value }}], lambda {{ name }}: {{ body }})[1]
{%- endmacro %}
