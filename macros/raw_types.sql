{#- The columns that a raw relation has, with the types in which they lie there. A view is landing's and has every column of the contract;
    a loader's table may lack some. Types are upper case, and empty where asking costs more than it saves. -#}
{% macro raw_types(relation) -%}
    {{ return(adapter.dispatch('raw_types', 'customer_360')(relation)) }}
{%- endmacro %}

{#- Spark takes long to answer, so only a loader's table is asked about. -#}
{% macro default__raw_types(relation) -%}
    {%- set types = {} -%}
    {%- set found = adapter.get_relation(relation.database, relation.schema, relation.identifier) -%}
    {%- if found is not none and not found.is_view -%}
        {%- for column in adapter.get_columns_in_relation(found) -%}
            {%- do types.update({column.name | lower: ''}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(types) }}
{%- endmacro %}

{% macro duckdb__raw_types(relation) -%}
    {%- set types = {} -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- do types.update({column.name | lower: column.dtype | upper}) -%}
    {%- endfor -%}
    {{ return(types) }}
{%- endmacro %}
