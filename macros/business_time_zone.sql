{#- The time zone of what happens in no store and in a shop of unknown zone, as a SQL text. -#}
{% macro business_time_zone() -%}
    '{{ held_to_form("business_time_zone", var("business_time_zone") | string, "[A-Za-z_]+(/[A-Za-z0-9_+-]+)*", "an IANA time zone such as Europe/Berlin") }}'
{%- endmacro %}
