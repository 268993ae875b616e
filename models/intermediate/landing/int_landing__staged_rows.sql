with

staged as (

    {% for system, table, model in raw_tables() %}
    select
        '{{ system }}' as source_system,
        '{{ table }}' as source_table,
        count(*) as staged_rows
    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from staged
