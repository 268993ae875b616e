with

customers as (

    select * from {{ ref('int_cohorts__customers') }}

),

latencies as (

    select
        customers.first_order_month,
        count(*) as repeat_purchases,
        median(purchases.days_since_previous) as median_days
    from {{ ref('int_cohorts__purchases') }} as purchases
    inner join customers
        on purchases.customer_id = customers.customer_id
    where purchases.purchase > 1
    group by customers.first_order_month

),

counted as (

    select
        first_order_month,
        count(*) as customers,
        count(days_to_second_order) as repeat_customers,
        {% for days in [30, 60, 90, 180, 365] %}
        count(case when days_to_second_order <= {{ days }} then 1 end) as within_{{ days }}_days,
        {% endfor %}
        median(days_to_second_order) as median_days
    from customers
    group by first_order_month

),

repeated as (

    select
        -- keys
        counted.first_order_month,

        -- facts
        cast(counted.customers as bigint) as customers,
        cast(counted.repeat_customers as bigint) as repeat_customers,
        {% for days in [30, 60, 90, 180, 365] %}
        -- who bought on the last day of the month must have had as long as the others
        cast(
            case
                when last_day(counted.first_order_month) <= {{ days_before_as_of_date(days) }} then counted.within_{{ days }}_days / counted.customers
            end as decimal(18, 6)
        ) as repeat_rate_{{ days }}_days,
        {% endfor %}
        cast(counted.median_days as decimal(18, 2)) as median_days_to_second_order,
        cast(coalesce(latencies.repeat_purchases, 0) as bigint) as repeat_purchases,
        cast(latencies.median_days as decimal(18, 2)) as median_days_between_orders
    from counted
    left join latencies
        on counted.first_order_month = latencies.first_order_month

)

select * from repeated
