{#- 'best.email as email, best.phone as phone' of a value that whole_row made. -#}
{% macro fields_of(row, columns) -%}
    {%- for column in columns -%}
        {{ row }}.{{ column }} as {{ column }}{{ ',\n        ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
