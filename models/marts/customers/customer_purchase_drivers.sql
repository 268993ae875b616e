with

orders as (

    select * from {{ ref('int_orders__of_customers') }}

),

first_orders as (

    select * from {{ ref('int_acquisition__customers') }}

),

purchases as (

    select * from {{ ref('int_cohorts__purchases') }}

),

summed as (

    select
        customer_id,
        count(case when not is_return_only then 1 end) as orders,
        sum(case when not is_return_only then items end) as items,
        count(case when discount_amount > 0 and not is_return_only then 1 end) as discounted_orders,
        count(case when returned_items > 0 and not is_return_only then 1 end) as returned_orders,
        sum(gross_revenue) as gross_revenue,
        sum(discount_amount) as discount_amount,
        sum(gross_revenue - discount_amount - tax_amount) as paid_amount,
        sum(refund_amount) as refund_amount
    from orders
    group by customer_id

),

paced as (

    select
        customer_id,
        max(ordered_date) as last_order_date,
        max(case when purchase = 2 then days_since_previous end) as days_to_second_order,
        median(days_since_previous) as median_days,
        sum(days_since_previous) / nullif(count(days_since_previous), 0) as mean_days
    from purchases
    group by customer_id

),

channels as (

    select
        customer_id,
        channel,
        count(*) as orders,
        -- of equally many the channel of the last order is the favourite
        row_number() over (partition by customer_id order by count(*) desc, max(ordered_at) desc, channel asc) as liked
    from orders
    where not is_return_only
    group by customer_id, channel

),

second_products as (

    select * from {{ ref('int_cohorts__second_products') }}

),

described as (

    select
        -- keys
        first_orders.customer_id,
        first_orders.first_product_id,
        second_products.product_id as second_product_id,

        -- facts
        first_orders.first_product_type,
        second_products.product_type as second_product_type,
        channels.channel as favourite_channel,
        cast(channels.orders / summed.orders as decimal(18, 6)) as favourite_channel_share,
        cast(summed.orders as bigint) as orders,
        cast(summed.items / summed.orders as decimal(18, 6)) as items_per_order,
        cast(summed.discounted_orders as bigint) as discounted_orders,
        cast(summed.discounted_orders / summed.orders as decimal(18, 6)) as discounted_order_share,
        cast(summed.discount_amount / nullif(summed.gross_revenue, 0) as decimal(18, 6)) as discount_share,
        cast(summed.returned_orders as bigint) as returned_orders,
        cast(summed.returned_orders / summed.orders as decimal(18, 6)) as returned_order_share,
        cast(summed.refund_amount / nullif(summed.paid_amount, 0) as decimal(18, 6)) as return_share,
        paced.days_to_second_order,
        {{ to_the_cent('paced.mean_days') }} as mean_days_between_orders,
        cast(paced.median_days as decimal(18, 2)) as median_days_between_orders,
        cast(
            {{ dbt.datediff('paced.last_order_date', as_of_date(), 'day') }} as bigint
        ) as days_since_last_order,

        -- dates
        {{ as_of_date() }} as as_of_date
    from first_orders
    inner join summed
        on first_orders.customer_id = summed.customer_id
    inner join paced
        on first_orders.customer_id = paced.customer_id
    inner join channels
        on first_orders.customer_id = channels.customer_id and channels.liked = 1
    left join second_products
        on first_orders.customer_id = second_products.customer_id

)

select * from described
