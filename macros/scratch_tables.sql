{#- Tables for the length of a model, for materializations that go in rounds: creates those of the batch, pairs of a suffix and its SQL, and says
    whether the probe finds a row. `scratch` takes their names, for `written_table` to drop them.
    On DuckDB they lie in memory, because writing them to the warehouse file would cost four times as much, and the batch is one statement, because
    dbt takes as long for one as DuckDB for a small round. Spark's temporary views would be computed anew at each use. -#}
{% macro scratch_tables(batch, scratch, probe=none) -%}
    {{ return(adapter.dispatch('scratch_tables', 'customer_360')(batch, scratch, probe)) }}
{%- endmacro %}

{% macro default__scratch_tables(batch, scratch, probe) %}
    {%- for suffix, sql in batch -%}
        {%- set relation = scratch_name(suffix) -%}
        {%- do adapter.drop_relation(relation) -%}
        {%- do run_query(create_table_as(false, relation, sql)) -%}
        {%- do scratch.append(relation) -%}
    {%- endfor -%}
    {{ return(probe and run_query(probe) | length > 0) }}
{% endmacro %}

{% macro duckdb__scratch_tables(batch, scratch, probe) %}
    {%- set statements = [] -%}
    {%- for suffix, sql in batch -%}
        {%- do statements.append('create or replace temporary table ' ~ scratch_name(suffix) ~ ' as (' ~ sql ~ '\n)') -%}
        {%- do scratch.append(scratch_name(suffix)) -%}
    {%- endfor -%}
    {%- if probe -%}{%- do statements.append(probe) -%}{%- endif -%}
    {%- set found = run_query(statements | join(';\n')) -%}
    {{ return(probe and found | length > 0) }}
{% endmacro %}
