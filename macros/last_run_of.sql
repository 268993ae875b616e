{#- What the run before left in a table of this schema that stands further down the line, where a ref would make a circle: the relation, or
    none in the first run and, unless it is asked for, in a full refresh. Only DuckDB remembers: Parquet tables on Spark cannot be changed row
    by row. What is only appended to, though, neither a full refresh nor Spark forgets. -#}
{% macro last_run_of(name, even_in_full_refresh=false, is_append_only=false) -%}
    {%- set is_remembered = target.type == 'duckdb' and (even_in_full_refresh or not flags.FULL_REFRESH) -%}
    {%- if execute and this and (is_append_only or is_remembered) -%}
        {{ return(adapter.get_relation(this.database, this.schema, name)) }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}
