{#- The calendar day of a UTC moment where the business is: 23:30 UTC on 28 March 2026 is 29 March in Berlin, and daylight saving is in
    the zone's own rules. -#}
{% macro business_date(moment, time_zone) -%}
    {{ return(adapter.dispatch('business_date', 'customer_360')(moment, time_zone)) }}
{%- endmacro %}

{% macro default__business_date(moment, time_zone) -%}
    cast(from_utc_timestamp({{ moment }}, {{ time_zone }}) as date)
{%- endmacro %}

{% macro duckdb__business_date(moment, time_zone) -%}
    cast(timezone({{ time_zone }}, timezone('UTC', {{ moment }})) as date)
{%- endmacro %}
