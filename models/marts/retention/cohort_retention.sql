with

months as (

    select * from {{ ref('int_cohorts__months') }}

),

summed as (

    select
        *,
        sum(second_orders) over (partition by dimension, cohort, first_order_month order by months_since) as repeaters
    from months

),

retained as (

    select
        -- keys
        dimension,
        cohort,
        first_order_month,
        months_since,

        -- facts
        customers,
        active_customers as retained_customers,
        cast(repeaters as bigint) as repeat_customers,
        cast(case when is_complete then active_customers / customers end as decimal(18, 6)) as retention_rate,
        cast(case when is_complete then repeaters / customers end as decimal(18, 6)) as repeat_rate,

        -- flags
        is_complete,

        -- dates
        month
    from summed

)

select * from retained
