{{ config(materialized='table') }}

with

subscriptions as (

    select
        cast(created_at as date) as started_date,
        cast(cancelled_at as date) as ended_date,
        {{ as_of_date() }} as as_of_date
    from {{ ref('stg_recharge__subscriptions') }}
    where cast(created_at as date) <= {{ as_of_date() }}

),

measured as (

    select
        {{ whole_months('started_date', 'as_of_date') }} as observed_months,
        {{ whole_months('started_date', 'ended_date') }} as lived_months
    from subscriptions

),

-- as many rows as there are months squared, however many subscriptions
compressed as (

    select
        observed_months,
        lived_months,
        count(*) as subscriptions
    from measured
    group by observed_months, lived_months

),

-- a month that is not over is no figure, neither for those who stay nor for those who have left in it
survived as (

    select
        months.n as period,
        compressed.subscriptions,
        compressed.lived_months
    from compressed
    inner join range(1, 1200) as months (n)
        on compressed.observed_months >= months.n
        and coalesce(compressed.lived_months >= months.n - 1, true)

),

counted as (

    select
        'all' as scope,
        cast(period as bigint) as period,
        cast(sum(subscriptions) as bigint) as at_risk,
        cast(sum(case when lived_months = period - 1 then subscriptions else 0 end) as bigint) as lost
    from survived
    group by period

)

select * from counted
