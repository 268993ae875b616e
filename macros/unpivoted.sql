{#- For a select list: the values of several columns as rows of their own. `labels` says by the column, or an expression on it, what it is called in
    the column `name`; two may be called the same. One pass over the rows, where a union takes one for each column. -#}
{% macro unpivoted(labels, name, value) -%}
    {{ return(adapter.dispatch('unpivoted', 'customer_360')(labels, name, value)) }}
{%- endmacro %}

{% macro default__unpivoted(labels, name, value) -%}
    inline(array(
        {%- for column, label in labels.items() %}
        struct('{{ label }}' as {{ name }}, {{ column }} as {{ value }}){{ ',' if not loop.last }}
        {%- endfor %}
    ))
{%- endmacro %}

{% macro duckdb__unpivoted(labels, name, value) -%}
    unnest(['{{ labels.values() | join("', '") }}']) as {{ name }},
        unnest([{{ labels | join(', ') }}]) as {{ value }}
{%- endmacro %}
