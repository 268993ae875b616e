{#- What rows (or their money) of one outcome of landing add up to. -#}
{% macro of_outcome(measure, outcome) -%}
    cast(coalesce(sum(case when outcome = '{{ outcome }}' then {{ measure }} end), 0) as {{ 'bigint' if measure == 'row_count' else 'decimal(18, 2)' }})
{%- endmacro %}
