{#- The keys that came more than once in a raw table: the few for which versions and duplicates must be told apart. Reads only the key. -#}
{% macro repeated_keys(system, table) -%}
    {%- set contract = source_contract(system, table) -%}
    select
    {%- for column in contract['columns'] if column.name in contract['key'] %}
        {{ typed(adapter.quote(column.name), column.data_type) }} as {{ adapter.quote(column.name) }},
    {%- endfor %}
        count(*) as deliveries
    from {{ source(system, table) }}
    group by {% for column in contract['columns'] if column.name in contract['key'] %}{{ typed(adapter.quote(column.name), column.data_type) }}{{ ', ' if not loop.last }}{% endfor %}
    having count(*) > 1
{%- endmacro %}
