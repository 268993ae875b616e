{#- Some columns of a raw table as their types, whatever else the row holds. -#}
{% macro typed_columns(raw, names) -%}
    select
    {%- for column in raw['columns'] if column.name in names %}
        {{ typed(adapter.quote(column.name), column.data_type, is_text(raw, column.name)) }} as {{ adapter.quote(column.name) }}{{ ',' if not loop.last }}
    {%- else %} 1 as no_column
    {%- endfor %}
    from (
        select
        {%- for column in raw['columns'] if column.name in names %}
            {{ said(raw, column.name) }} as {{ adapter.quote(column.name) }}{{ ',' if not loop.last }}
        {%- else %} 1 as no_column
        {%- endfor %}
        from {{ raw['relation'] }} as raw
    ) as said
{%- endmacro %}
