{#- One text for the whole content of a row: equal for equal rows, on both engines. -#}
{% macro content_digest(raw) -%}
    md5(concat_ws('|'
    {%- for column in raw['quoted_columns'] -%}
        , coalesce(cast({{ column }} as {{ dbt.type_string() }}), '~')
    {%- endfor -%}
    ))
{%- endmacro %}
