{#- '+44 (0)20 7946-0018' becomes '4402079460018'. -#}
{% macro digits_only(column) -%}
    {{ regexp_replace_all(column, '[^0-9]', '') }}
{%- endmacro %}
