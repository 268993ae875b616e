{#- A raw table as staging needs it: its contract, the relation in which it lies, and the types in which its columns lie there. -#}
{% macro raw_table(system, table) -%}
    {%- set raw = source_contract(system, table) -%}
    {%- set relation = source(system, table) -%}
    {%- do raw.update({'relation': relation, 'types': raw_types(relation) if execute else {}}) -%}
    {{ return(raw) }}
{%- endmacro %}
