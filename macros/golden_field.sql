{#- A CTE with one field of the golden record for each customer, taken whole from one source row: the one whose source stands
    highest in golden_record_policy, the newest of those. `columns` belong together (a street without its city is no address);
    rows without the first of them say nothing. -#}
{% macro golden_field(field, columns) -%}
golden_{{ field }} as (

    select
        customer_id,
        max_by({{ columns[0] }}, standing) as {{ columns[0] }},
        {% for column in columns[1:] %}
        {#- DuckDB's max_by passes over nulls and would take the city of another address #}
        nullif(max_by(coalesce({{ column }}, ''), standing), '') as {{ column }},
        {% endfor %}
        max_by(source_system || '.' || source_table, standing) as {{ field }}_source,
        max_by(source_key, standing) as {{ field }}_source_key
    from (
        select
            details.*,
            cast(1000 - policy.priority as {{ dbt.type_string() }})
            || coalesce(cast(details.observed_at as {{ dbt.type_string() }}), '')
            || details.source_table || details.source_key as standing
        from details
        inner join policy
            on policy.field = '{{ field }}'
            and details.source_system = policy.source_system
            and details.source_table = policy.source_table
        where details.{{ columns[0] }} is not null
    ) as candidates
    group by customer_id

)
{%- endmacro %}
