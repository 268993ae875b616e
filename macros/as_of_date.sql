{#- The day for which everything "as of today" holds: the var, else the day (UTC) on which the run started. -#}
{% macro as_of_date() -%}
    {%- set day = var('as_of_date') | string or run_started_at.strftime('%Y-%m-%d') -%}
    cast('{{ held_to_form("as_of_date", day, "[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date such as 2026-06-30") }}' as date)
{%- endmacro %}
