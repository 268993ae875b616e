{#- How long a device may be silent within one session. -#}
{% macro session_gap() -%}
    interval {{ var('session_timeout_minutes') | int }} minute
{%- endmacro %}
