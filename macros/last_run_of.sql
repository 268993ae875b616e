{#- What the run before left in a table of this schema that stands further down the line, where a ref would make a circle: the relation, or
    none in the first run and, unless it is asked for, in a full refresh. Only DuckDB remembers: Parquet tables on Spark cannot be changed row
    by row. -#}
{% macro last_run_of(name, even_in_full_refresh=false) -%}
    {%- if execute and this and target.type == 'duckdb' and (even_in_full_refresh or not flags.FULL_REFRESH) -%}
        {{ return(adapter.get_relation(this.database, this.schema, name)) }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}
