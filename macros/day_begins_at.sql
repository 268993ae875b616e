{#- The UTC moment at which a day begins where the business is: the other way round than business_date. -#}
{% macro day_begins_at(day) -%}
    {{ return(adapter.dispatch('day_begins_at', 'customer_360')(day)) }}
{%- endmacro %}

{% macro default__day_begins_at(day) -%}
    to_utc_timestamp(cast({{ day }} as timestamp), {{ business_time_zone() }})
{%- endmacro %}

{% macro duckdb__day_begins_at(day) -%}
    timezone('UTC', timezone({{ business_time_zone() }}, cast({{ day }} as timestamp)))
{%- endmacro %}
