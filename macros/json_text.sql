{#- '{"$message": "a1"}' with '$message' becomes 'a1': a property of a JSON object as text. Null when the text is no JSON, never an error.
    DuckDB raises on text that is no JSON unless told to try. Spark's get_json_object would also read Python's single quotes, which
    DuckDB does not, and takes '$' in a path for its root; a map does neither. -#}
{% macro json_text(column, property) -%}
    {{ return(adapter.dispatch('json_text', 'customer_360')(column, property)) }}
{%- endmacro %}

{% macro default__json_text(column, property) -%}
    try_element_at(from_json({{ column }}, 'map<string, string>', map('allowSingleQuotes', 'false')), '{{ property }}')
{%- endmacro %}

{% macro duckdb__json_text(column, property) -%}
    try(json_extract_string({{ column }}, '$."{{ property }}"'))
{%- endmacro %}
