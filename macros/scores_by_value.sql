{#- A CTE that scores each distinct value of a column 1 to 5: least(5, 1 + floor(5 x customers strictly below / (customers - 1))),
    that is, percent_rank. `worst_first` is the order in which customers count as below: 'asc' where more is better.
    By value, never by row: equal customers score equally, row order decides nothing, and only the histogram is sorted. -#}
{% macro scores_by_value(name, relation, column, worst_first) -%}
{{ name }} as (

    select
        {{ column }},
        cast(
            least(
                5,
                1 + floor(
                    5 * (sum(count(*)) over (order by {{ column }} {{ worst_first }} nulls last) - count(*))
                    {#- one customer alone is below nobody #}
                    / greatest(sum(count(*)) over () - 1, 1)
                )
            ) as bigint
        ) as score

    from {{ relation }}

    group by {{ column }}

)
{%- endmacro %}
