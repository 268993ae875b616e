{{ config(materialized='table') }}

with

histories as (

    select * from {{ ref('int_value__repeat_histories') }}

),

counted as (

    select
        purpose,
        scope,
        cut_off,
        repeats,
        last_repeat_age_days,
        age_days,
        count(*) as customers
    from histories
    group by purpose, scope, cut_off, repeats, last_repeat_age_days, age_days

),

-- the pooled fit sees everybody, those too who are fitted apart
pooled as (

    select
        purpose,
        'all' as scope,
        cut_off,
        repeats,
        last_repeat_age_days,
        age_days,
        cast(sum(customers) as bigint) as customers
    from counted
    group by purpose, cut_off, repeats, last_repeat_age_days, age_days

)

select * from pooled

union all

select * from counted
where scope <> 'all'
