{#- How a materialization that goes in rounds ends: the table of this model takes the rows of the select, then those of `more` selects, and what
    was scratch is gone. -#}
{% macro written_table(sql, scratch, more=[]) %}
    {%- set relation = this.incorporate(type='table') -%}
    {%- set standing = load_cached_relation(this) -%}
    {%- if standing -%}{%- do adapter.drop_relation(standing) -%}{%- endif -%}
    {% call statement('main') -%}{{ create_table_as(false, relation, sql) }}{%- endcall %}
    {%- for select in more -%}{%- do run_query('insert into ' ~ relation ~ ' ' ~ select) -%}{%- endfor -%}
    {{ return(finished_table(relation, scratch)) }}
{% endmacro %}

{#- The same for a table that stays: rows of these keys go, and those of the scratch table `rows` come. -#}
{% macro changed_table(relation, key, rows, scratch) %}
    {% call statement('main') -%}
        delete from {{ relation }} as standing using {{ rows }} as changed where standing.{{ key }} = changed.{{ key }};
        insert into {{ relation }} by name from {{ rows }}
    {%- endcall %}
    {{ return(finished_table(relation, scratch)) }}
{% endmacro %}

{% macro finished_table(relation, scratch) %}
    {%- set drops = [] -%}
    {%- for table in scratch -%}{%- do drops.append('drop table if exists ' ~ table) -%}{%- endfor -%}
    {#- dbt-spark takes one statement at a time #}
    {%- for statements in ([drops | join(';\n')] if target.type == 'duckdb' else drops) -%}{%- do run_query(statements) -%}{%- endfor -%}
    {%- do persist_docs(relation, model) -%}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [relation]}) }}
{% endmacro %}
