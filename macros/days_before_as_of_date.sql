{#- The date so many days before the as-of date. -#}
{% macro days_before_as_of_date(days) -%}
    cast({{ dbt.dateadd('day', -(days | int), as_of_date()) }} as date)
{%- endmacro %}
