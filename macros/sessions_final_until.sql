{#- The beginning of the look-back of a run: sessions that ended a gap or more before it stand, all others are made anew from their events.
    `sessions` is what the run before left; where that was nothing, nothing is final. -#}
{% macro sessions_final_until(sessions) -%}
    {%- set last_day = "least(coalesce(max(started_date), cast('1970-01-01' as date)), " ~ as_of_date() ~ ")" -%}
    (
        select {{ day_begins_at(dbt.dateadd('day', -(var('session_lookback_days') | int), last_day)) }}
        from {{ sessions }}
    )
{%- endmacro %}
