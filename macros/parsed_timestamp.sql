{#- '2026-03-01T10:00:00+02:00' becomes 2026-03-01 08:00:00; a text without offset is UTC, and one of another form is no time. DuckDB
    drops the offset when it casts text straight to timestamp; Spark's timestamp keeps the instant and the session is in UTC. -#}
{% macro parsed_timestamp(text) -%}
    case when {{ regexp_like(text, '^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T]([01][0-9]|2[0-3]):[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?( ?(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?))?)?$') }}
        then {{ as_utc(text) }} end
{%- endmacro %}

{% macro as_utc(text) -%}
    {{ return(adapter.dispatch('as_utc', 'customer_360')(text)) }}
{%- endmacro %}

{% macro default__as_utc(text) -%}
    try_cast({{ text }} as timestamp)
{%- endmacro %}

{% macro duckdb__as_utc(text) -%}
    cast(try_cast({{ text }} as timestamptz) as timestamp)
{%- endmacro %}
