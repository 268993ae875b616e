{#- Whether two birth dates may be one person's: equal, or but for one slip of the keyboard or two digits swapped. -#}
{% macro same_birth_date(a, b) -%}
    levenshtein(cast({{ a }} as {{ dbt.type_string() }}), cast({{ b }} as {{ dbt.type_string() }})) <= 2
{%- endmacro %}
