{#- The beginning of the look-back of a run: sessions that ended a gap or more before it stand, all others are made anew from their events.
    `sessions` is what the run before left. -#}
{% macro sessions_final_until(sessions) -%}
    (
        select {{ day_begins_at(dbt.dateadd('day', -(var('session_lookback_days') | int), 'least(max(started_date), ' ~ as_of_date() ~ ')')) }}
        from {{ sessions }}
    )
{%- endmacro %}
