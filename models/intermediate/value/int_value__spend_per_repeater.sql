{{ config(materialized='table') }}

with

repeaters as (

    select * from {{ ref('int_value__repeat_histories') }}
    where repeats > 0

),

counted as (

    select
        purpose,
        scope,
        cut_off,
        repeats,
        mean_spend,
        count(*) as customers
    from repeaters
    group by purpose, scope, cut_off, repeats, mean_spend

),

-- the pooled fit sees everybody, those too who are fitted apart
pooled as (

    select
        purpose,
        'all' as scope,
        cut_off,
        repeats,
        mean_spend,
        cast(sum(customers) as bigint) as customers
    from counted
    group by purpose, cut_off, repeats, mean_spend

)

select * from pooled

union all

select * from counted
where scope <> 'all'
