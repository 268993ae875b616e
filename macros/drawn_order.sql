{#- An order of the nodes that is different in every round and the same in every run. Ties would cost a round, never correctness. -#}
{% macro drawn_order(node, round) -%}
    {{ return(adapter.dispatch('drawn_order', 'customer_360')(node, round)) }}
{%- endmacro %}

{% macro default__drawn_order(node, round) -%}
    xxhash64({{ node }}, {{ round }})
{%- endmacro %}

{% macro duckdb__drawn_order(node, round) -%}
    hash({{ node }}, {{ round }})
{%- endmacro %}
