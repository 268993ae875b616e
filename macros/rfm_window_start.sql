{#- The first day of the window that ends with a day: whole months back. At a month end these are whole calendar months, whatever their
    lengths: the window of 12 months that ends on 28 February begins on 1 March. -#}
{% macro rfm_window_start(last_day) -%}
    cast({{ dbt.dateadd('month', -(var('rfm_window_months') | int), dbt.dateadd('day', 1, last_day)) }} as date)
{%- endmacro %}
