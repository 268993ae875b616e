{#- The events that no final session of the last run holds: all since the look-back began, and from before it those of the sessions that were
    still open then. A device has at most one of these, as sessions lie more than a gap apart. `sessions` is none in a first run. -#}
{% macro unfinished_events(events, sessions) -%}
    select events.*
    from {{ events }} as events
    {%- if sessions %}
    {%- set final_until = sessions_final_until(sessions) %}
    left join (
        select
            device_id,
            started_at
        from {{ sessions }}
        where started_at < {{ final_until }} and ended_at >= {{ final_until }} - {{ session_gap() }}
    ) as open_sessions
        on events.device_id = open_sessions.device_id
    -- the first condition says less than the second, but tells it to the scan
    where events.occurred_at >= (
        select least(min(started_at), {{ final_until }})
        from {{ sessions }}
        where ended_at >= {{ final_until }} - {{ session_gap() }}
    )
        and events.occurred_at >= coalesce(open_sessions.started_at, {{ final_until }})
    {%- endif %}
{%- endmacro %}
