{#- How many whole months lie between two dates: 1 from 31 January to 28 February, 0 from 15 January to 14 February. dbt.datediff alone counts
    the firsts of a month in between. -#}
{% macro whole_months(from_date, to_date) -%}
    {%- set months = dbt.datediff(from_date, to_date, 'month') -%}
    ({{ months }} - case when cast({{ dbt.dateadd('month', 'cast(' ~ months ~ ' as int)', from_date) }} as date) > {{ to_date }} then 1 else 0 end)
{%- endmacro %}
