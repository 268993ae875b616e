{#- The day for which everything "as of today" holds: the var, else the day (UTC) on which the run started. -#}
{% macro as_of_date() -%}
    {%- set day = var('as_of_date') | string or run_started_at.strftime('%Y-%m-%d') -%}
    {%- if not modules.re.fullmatch('[0-9]{4}-[0-9]{2}-[0-9]{2}', day) -%}
        {{ exceptions.raise_compiler_error("var as_of_date must be a date such as 2026-06-30, not '" ~ day ~ "'") }}
    {%- endif -%}
    cast('{{ day }}' as date)
{%- endmacro %}
