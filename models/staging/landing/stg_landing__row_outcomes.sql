-- depends_on: {{ ref('currencies') }}
with

counted as (

    {% for system, table, _ in raw_tables() %}
    {{ row_outcomes(system, table) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from counted
