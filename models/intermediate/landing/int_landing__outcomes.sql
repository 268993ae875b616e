{{ config(materialized='table') }}

with

outcomes as (

    select
        source_system,
        source_table,
        currency,
        outcome,
        row_count,
        amount
    from {{ ref('stg_landing__row_outcomes') }}

    union all

    select
        source_system,
        source_table,
        currency,
        'quarantined' as outcome,
        cast(count(*) as bigint) as row_count,
        cast(sum(amount) as decimal(18, 2)) as amount
    from {{ ref('stg_landing__rejected_rows') }}
    group by source_system, source_table, currency

    union all

    select
        source_system,
        source_table,
        currency,
        'staged' as outcome,
        row_count,
        amount
    from {{ ref('int_landing__staged_rows') }}

    {% for system, table, _ in raw_tables() if source_contract(system, table).get('money', {}).currency %}
    union all

    -- where nothing came there is no currency to count by: the table has its row all the same
    select
        '{{ system }}' as source_system,
        '{{ table }}' as source_table,
        cast(null as {{ dbt.type_string() }}) as currency,
        'raw' as outcome,
        cast(0 as bigint) as row_count,
        cast(null as decimal(18, 2)) as amount

    {% endfor %}

)

select * from outcomes
