{#- 'anna' becomes 'aann': equal for two words that differ in the order of their letters. -#}
{% macro sorted_letters(text) -%}
    {{ return(adapter.dispatch('sorted_letters', 'customer_360')(text)) }}
{%- endmacro %}

{% macro default__sorted_letters(text) -%}
    array_join(array_sort(split({{ text }}, '')), '')
{%- endmacro %}

{% macro duckdb__sorted_letters(text) -%}
    list_aggregate(list_sort(string_split({{ text }}, '')), 'string_agg', '')
{%- endmacro %}
