{{ config(materialized='table') }}

with

cells as (

    select * from {{ ref('int_cohorts__cells') }}

),

cut as (

    {% for dimension, cohort in {
        'all': "'all'",
        'acquisition_channel': 'acquisition_channel',
        'first_product': 'first_product',
        'first_product_type': 'first_product_type',
        'country_code': 'country_code'
    }.items() %}
    select
        '{{ dimension }}' as dimension,
        {{ cohort }} as cohort,
        first_order_month,
        months_since,
        sum(active_customers) as active_customers,
        sum(second_orders) as second_orders,
        sum(orders) as orders,
        sum(net_revenue) as net_revenue,
        sum(margin_amount) as margin_amount,
        sum(orders_with_margin) as orders_with_margin
    from cells
    group by {{ cohort ~ ', ' if dimension != 'all' }}first_order_month, months_since
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- in the month of their first order all of them bought
cohorts as (

    select
        dimension,
        cohort,
        first_order_month,
        active_customers as customers
    from cut
    where months_since = 0

),

-- a month in which nobody bought is a figure too
lived as (

    select
        cohorts.*,
        numbers.n as months_since,
        cast(
            {{ dbt.dateadd('month', 'cast(numbers.n as int)', 'cohorts.first_order_month') }} as date
        ) as month
    from cohorts
    inner join range(1200) as numbers (n)
        on numbers.n
        <= {{ dbt.datediff('cohorts.first_order_month', as_of_date(), 'month') }}

),

filled as (

    select
        lived.dimension,
        lived.cohort,
        lived.first_order_month,
        cast(lived.months_since as bigint) as months_since,
        lived.month,
        cast(lived.customers as bigint) as customers,
        cast(coalesce(cut.active_customers, 0) as bigint) as active_customers,
        cast(coalesce(cut.second_orders, 0) as bigint) as second_orders,
        cast(coalesce(cut.orders, 0) as bigint) as orders,
        cast(coalesce(cut.net_revenue, 0) as decimal(18, 2)) as net_revenue,
        -- where something was bought, an unknown margin is not none
        cast(case when cut.cohort is null then 0 else cut.margin_amount end as decimal(18, 2)) as margin_amount,
        cast(coalesce(cut.orders_with_margin, 0) as bigint) as orders_with_margin,
        last_day(lived.month) <= {{ as_of_date() }} as is_complete
    from lived
    left join cut
        on lived.dimension = cut.dimension
        and lived.cohort = cut.cohort
        and lived.first_order_month = cut.first_order_month
        and lived.months_since = cut.months_since

)

select * from filled
