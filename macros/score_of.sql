{#- The score of a value: score_of('measured.order_days', 'cuts.order_days') compares it with cuts.order_days_2 and so on, of score_cuts.
    A score that nobody has begins nowhere: its cut is null. -#}
{% macro score_of(value, cut) -%}
case
    {%- for score in range(var('rfm_bins') | int, 1, -1) %}
    when {{ value }} >= {{ cut }}_{{ score }} then {{ score }}
    {%- endfor %}
    else 1
end
{%- endmacro %}
