{#- How a materialization that goes in rounds ends: the table of this model takes the rows of the select, and what was scratch is gone. -#}
{% macro written_table(sql, scratch) %}
    {%- set relation = this.incorporate(type='table') -%}
    {%- set standing = load_cached_relation(this) -%}
    {%- if standing -%}{%- do adapter.drop_relation(standing) -%}{%- endif -%}
    {% call statement('main') -%}{{ create_table_as(false, relation, sql) }}{%- endcall %}
    {%- set drops = [] -%}
    {%- for table in scratch -%}{%- do drops.append('drop table if exists ' ~ table) -%}{%- endfor -%}
    {#- dbt-spark takes one statement at a time #}
    {%- for statements in ([drops | join(';\n')] if target.type == 'duckdb' else drops) -%}{%- do run_query(statements) -%}{%- endfor -%}
    {%- do persist_docs(relation, model) -%}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [relation]}) }}
{% endmacro %}
