{#- All columns of a row as one value: the greatest is that of the row whose first columns are greatest (they must not be null: the engines
    sort nulls differently), and it comes as a whole, so a street never gets the town of another address. DuckDB takes the name of the
    relation for it; Spark wants a struct. -#}
{% macro whole_row(relation) -%}
    {{ return(adapter.dispatch('whole_row', 'customer_360')(relation)) }}
{%- endmacro %}

{% macro default__whole_row(relation) -%}
    struct({{ relation }}.*)
{%- endmacro %}

{% macro duckdb__whole_row(relation) -%}
    {{ relation }}
{%- endmacro %}
