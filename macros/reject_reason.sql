{#- Why a raw row cannot be used, as 'reason:column', or null: a key or a needed value is missing, or a value cannot be read as its type.
    Blank is no value, so it can be missing but never wrongly typed. -#}
{% macro reject_reason(contract) -%}
    {%- set names = {'bigint': 'not_a_whole_number', 'timestamp': 'not_a_timestamp', 'date': 'not_a_date', 'boolean': 'not_a_boolean'} -%}
    case
    {%- for column in contract['columns'] if column.name in contract['key'] %}
        when {{ typed(adapter.quote(column.name), 'string') }} is null then 'key_missing:{{ column.name }}'
    {%- endfor %}
    {%- for column in contract['columns'] if column.name in contract['not_null'] %}
        when {{ typed(adapter.quote(column.name), 'string') }} is null then 'value_missing:{{ column.name }}'
    {%- endfor %}
    {%- for column in contract['columns'] if column.data_type != 'string' %}
        when {{ typed(adapter.quote(column.name), column.data_type) }} is null and {{ typed(adapter.quote(column.name), 'string') }} is not null
            then '{{ names.get(column.data_type, 'not_a_number') }}:{{ column.name }}'
    {%- endfor %}
    end
{%- endmacro %}
