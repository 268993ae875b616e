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

)

select * from outcomes
