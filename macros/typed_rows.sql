{#- A raw table with the types of its contract, the row as it came, and the reason for which it must be rejected (null: none).
    The cast columns stand in a subquery of their own so that the raw ones keep their names. -#}
{% macro typed_rows(system, table) -%}
    {%- set contract = source_contract(system, table) -%}
    select
    {%- for column in contract['columns'] %}
        {{ typed(adapter.quote(column.name), column.data_type) }} as {{ adapter.quote(column.name) }},
    {%- endfor %}
        {{ row_as_json(contract['quoted_columns']) if contract['key'] else 'null' }} as raw_row,
        {{ reject_reason(contract) if contract['key'] else 'null' }} as reject_reason
    from {{ source(system, table) }} as raw
{%- endmacro %}
