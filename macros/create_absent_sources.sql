{#- Any system or table may be absent: what landing or a loader did not make becomes an empty table with the promised columns,
    so that every model, test and unit test finds its source. -#}
{% macro create_absent_sources() -%}
    {%- if execute and flags.WHICH in ('build', 'run', 'test', 'compile', 'show', 'run-operation') -%}
        {%- set database = none if target.type == 'spark' else target.database -%}
        {%- for node in graph.sources.values() -%}
            {%- if adapter.get_relation(database, node.schema, node.identifier) is none -%}
                {%- set relation = api.Relation.create(database=database, schema=node.schema, identifier=node.identifier) -%}
                {%- do adapter.create_schema(relation) -%}
                {%- call statement('create_absent_source', auto_begin=False) -%}
                    create table {{ relation }} (
                    {%- for column in node.columns.values() -%}
                        {{ adapter.quote(column.name) }} {{ column.data_type }}{{ ', ' if not loop.last }}
                    {%- endfor -%}
                    )
                {%- endcall -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
