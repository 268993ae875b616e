with

months as (

    select * from {{ ref('int_cohorts__months') }}

),

summed as (

    select
        *,
        sum(orders) over (partition by dimension, cohort, first_order_month order by months_since) as orders_so_far,
        sum(net_revenue) over (partition by dimension, cohort, first_order_month order by months_since) as revenue_so_far,
        case
            when sum(orders_with_margin) over (partition by dimension, cohort, first_order_month order by months_since) > 0
                then sum(margin_amount) over (partition by dimension, cohort, first_order_month order by months_since)
        end as margin_so_far
    from months

),

worth as (

    select
        -- keys
        dimension,
        cohort,
        first_order_month,
        months_since,

        -- facts
        customers,
        active_customers,
        orders,
        net_revenue,
        margin_amount,
        orders_with_margin,
        cast(orders_so_far as bigint) as cumulative_orders,
        cast(revenue_so_far as decimal(18, 2)) as cumulative_net_revenue,
        cast(margin_so_far as decimal(18, 2)) as cumulative_margin_amount,
        case when is_complete then {{ to_the_cent('revenue_so_far / customers') }} end as net_revenue_per_customer,
        case when is_complete then {{ to_the_cent('margin_so_far / customers') }} end as margin_amount_per_customer,

        -- flags
        is_complete,

        -- dates
        month
    from summed

)

select * from worth
