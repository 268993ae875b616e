{#- One number for all that a row says, to see whether it says something else than in an earlier run. Null and empty text differ. -#}
{% macro fingerprint(columns) -%}
    {%- set parts = [] -%}
    {%- for column in columns -%}
        {%- do parts.append("coalesce(cast(" ~ column ~ " as " ~ dbt.type_string() ~ "), '~')") -%}
    {%- endfor -%}
    {{ record_id("concat_ws('|', " ~ parts | join(', ') ~ ")") }}
{%- endmacro %}
