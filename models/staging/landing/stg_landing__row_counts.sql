{{ config(materialized='table') }}

with

counted as (

    {% for system, table, _ in raw_tables() %}
    {{ row_counts(system, table) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from counted
