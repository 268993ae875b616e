{#- A CTE of the values of a column from which each score begins, 2 to `rfm_bins`, higher is better; one row, or one for each value of `by`.
    score = least(bins, 1 + floor(bins x customers strictly below / (customers - 1))), that is, percent_rank. By value, never by row: equal
    customers score equally, row order decides nothing, and only the histogram is sorted. `customers` counts those of a row. -#}
{% macro score_cuts(name, relation, column, customers='count(*)', by=none) -%}
{%- set bins = var('rfm_bins') | int -%}
{{ name }} as (

    select
        {%- if by %}
        {{ by }},
        {%- endif %}
        {%- for score in range(2, bins + 1) %}
        min(case when score >= {{ score }} then {{ column }} end) as {{ column }}_{{ score }}{{ ',' if not loop.last }}
        {%- endfor %}
    from (
        select
            {{ by ~ ',' if by }}
            {{ column }},
            1 + floor(
                {{ bins }} * (sum({{ customers }}) over ({{ 'partition by ' ~ by if by }} order by {{ column }} nulls last) - {{ customers }})
                {#- one customer alone is below nobody #}
                / greatest(sum({{ customers }}) over ({{ 'partition by ' ~ by if by }}) - 1, 1)
            ) as score
        from {{ relation }}
        group by {{ by ~ ', ' if by }}{{ column }}
    ) as histogram
    {{ 'group by ' ~ by if by }}

)
{%- endmacro %}
