{#- One text for the whole content of a row: equal for equal rows, on both engines. -#}
{% macro content_digest(contract, relation) -%}
    md5(concat_ws('|'
    {%- for column in contract['columns'] -%}
        , coalesce(cast({{ relation }}.{{ adapter.quote(column.name) }} as {{ dbt.type_string() }}), '~')
    {%- endfor -%}
    ))
{%- endmacro %}
