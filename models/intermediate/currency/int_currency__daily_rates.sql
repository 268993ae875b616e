{{ config(materialized='table') }}

with

published as (

    select
        from_currency as currency,
        rate_date,
        exchange_rate
    from {{ ref('stg_finance__exchange_rates') }}
    where to_currency = {{ reporting_currency() }} and exchange_rate > 0

    union all

    -- a rate the other way round serves where there is none this way
    select
        reverse.to_currency as currency,
        reverse.rate_date,
        cast(1 / reverse.exchange_rate as decimal(18, 8)) as exchange_rate
    from {{ ref('stg_finance__exchange_rates') }} as reverse
    left join {{ ref('stg_finance__exchange_rates') }} as direct
        on reverse.to_currency = direct.from_currency
        and reverse.from_currency = direct.to_currency
        and reverse.rate_date = direct.rate_date
    where reverse.from_currency = {{ reporting_currency() }}
        and reverse.exchange_rate > 0
        and direct.rate_date is null

),

-- weekends and holidays have no rate: the last known one stands in, but not for ever
carried_forward as (

    select
        published.currency,
        cast({{ dbt.dateadd('day', 'ages.age', 'published.rate_date') }} as date) as rate_date,
        max_by(published.exchange_rate, published.rate_date) as exchange_rate
    from published
    cross join (
        select cast(days.n as int) as age
        from range({{ var('exchange_rate_max_age_days') | int + 1 }}) as days (n)
    ) as ages
    group by published.currency, cast({{ dbt.dateadd('day', 'ages.age', 'published.rate_date') }} as date)

)

select * from carried_forward
