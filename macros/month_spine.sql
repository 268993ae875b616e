{#- A CTE of the first days of all months, from that of the earliest date of a column to that of the as-of date. -#}
{% macro month_spine(name, relation, column) -%}
{{ name }} as (

    select month
    from (
        select
            cast({{ dbt.dateadd('month', 'cast(numbers.n as int)', 'earliest.month') }} as date) as month
        from (
            select cast(date_trunc('month', min({{ column }})) as date) as month
            from {{ relation }}
        ) as earliest
        cross join range(1200) as numbers (n)
    ) as all_months
    where month <= {{ as_of_date() }}

)
{%- endmacro %}
