{#- A table for the length of a model, for materializations that go in rounds; `written_table` drops all that are in `scratch`. On DuckDB it
    lies in memory: writing it to the warehouse file would cost four times as much. Spark's temporary views would be computed anew at each use. -#}
{% macro scratch_table(suffix, sql, scratch) -%}
    {{ return(adapter.dispatch('scratch_table', 'customer_360')(suffix, sql, scratch)) }}
{%- endmacro %}

{% macro default__scratch_table(suffix, sql, scratch) %}
    {%- set relation = this.incorporate(path={'identifier': this.identifier ~ '__' ~ suffix}, type='table') -%}
    {%- do adapter.drop_relation(relation) -%}
    {%- call statement('scratch_' ~ suffix) -%}{{ create_table_as(false, relation, sql) }}{%- endcall -%}
    {%- do scratch.append(relation) -%}
    {{ return(relation) }}
{% endmacro %}

{% macro duckdb__scratch_table(suffix, sql, scratch) %}
    {%- set name = adapter.quote(this.identifier ~ '__' ~ suffix) -%}
    {%- call statement('scratch_' ~ suffix) -%}create or replace temporary table {{ name }} as ({{ sql }}){%- endcall -%}
    {%- do scratch.append(name) -%}
    {{ return(name) }}
{% endmacro %}
