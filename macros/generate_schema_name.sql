{#- The folder says the schema: models/marts is `marts`, on every target. dbt would write `main_marts`. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ return(custom_schema_name | trim if custom_schema_name else target.schema) }}
{%- endmacro %}
