with

second_days as (

    select
        customer_id,
        ordered_date
    from {{ ref('int_cohorts__purchases') }}
    where purchase = 2

),

second_orders as (

    select
        orders.customer_id,
        orders.order_id,
        row_number() over (partition by orders.customer_id order by orders.ordered_at asc, orders.order_id asc) as order_rank
    from {{ ref('int_orders__of_customers') }} as orders
    inner join second_days
        on orders.customer_id = second_days.customer_id
        and orders.ordered_date = second_days.ordered_date
    where not orders.is_return_only

),

-- the line that was put in first: lines are numbered, and '10' comes after '9'
lines_in_order as (

    select
        second_orders.customer_id,
        items.product_id,
        items.product_type,
        row_number() over (partition by items.order_id order by length(items.order_item_id) asc, items.order_item_id asc) as line_rank
    from second_orders
    inner join {{ ref('int_orders__items') }} as items
        on second_orders.order_id = items.order_id
    where second_orders.order_rank = 1

),

first_lines as (

    select
        customer_id,
        product_id,
        product_type
    from lines_in_order
    where line_rank = 1

)

select * from first_lines
