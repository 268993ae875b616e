{#- The last day on which anything can have happened: the as-of date or the day of the run, whichever is later, and a day for clocks and
    time zones. (Marts read as_of_date(); this one only tells a wrong clock from a right one, also when an old day is rebuilt.) -#}
{% macro latest_possible_day() -%}
    {%- set days = [run_started_at.strftime('%Y-%m-%d'), var('as_of_date') | string] | sort -%}
    cast({{ dbt.dateadd('day', 1, "cast('" ~ held_to_form("as_of_date", days[-1], "[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date such as 2026-06-30") ~ "' as date)") }} as date)
{%- endmacro %}
