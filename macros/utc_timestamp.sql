{#- '2026-03-01T10:00:00+02:00' becomes 2026-03-01 08:00:00. DuckDB drops the offset when it casts text straight to timestamp;
    Spark's timestamp keeps the instant and the session is in UTC. -#}
{% macro utc_timestamp(column) -%}
    {{ return(adapter.dispatch('utc_timestamp', 'customer_360')(column)) }}
{%- endmacro %}

{% macro default__utc_timestamp(column) -%}
    {#- Spark alone would take '10:00' for today at ten and '2026' for its first day #}
    case when cast({{ column }} as string) like '____-%-%' then try_cast({{ column }} as timestamp) end
{%- endmacro %}

{% macro duckdb__utc_timestamp(column) -%}
    cast(try_cast({{ column }} as timestamptz) as timestamp)
{%- endmacro %}
