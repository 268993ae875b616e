{#- What the source yml promises about a raw table: its columns with types, and what its meta says (docs/your-data.md).
    The yml is read when a model compiles (while dbt still parses, no graph exists), so until then the contract is empty. -#}
{% macro source_contract(system, table) -%}
    {%- set contract = {'columns': [], 'quoted_columns': [], 'key': [], 'quoted_key': []} -%}
    {%- for rule in ('newest_by', 'not_null', 'currencies', 'quantities', 'ahead', 'long_ago') -%}
        {%- do contract.update({rule: []}) -%}
    {%- endfor -%}
    {%- if execute -%}
        {%- for node in graph.sources.values() if node.source_name == system and node.name == table -%}
            {%- do contract.update(node.config.meta) -%}
            {%- do contract.update({'columns': node.columns.values() | list}) -%}
        {%- endfor -%}
        {#- quoted: loaders name columns with reserved words (`authorization`, `index`) -#}
        {%- for column in contract['columns'] -%}
            {%- do contract['quoted_columns'].append(adapter.quote(column.name)) -%}
        {%- endfor -%}
        {%- for column in contract['key'] -%}
            {%- do contract['quoted_key'].append(adapter.quote(column)) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(contract) }}
{%- endmacro %}
