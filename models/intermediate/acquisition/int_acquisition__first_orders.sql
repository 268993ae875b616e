with

orders as (

    select
        *,
        row_number() over (partition by customer_id order by ordered_at asc, order_id asc) as order_rank
    from {{ ref('int_orders__of_customers') }}
    where not is_return_only

),

first_orders as (

    select * from orders
    where order_rank = 1

),

-- the line that was put in first: lines are numbered, and '10' comes after '9'
first_items as (

    select
        items.order_id,
        items.product_id,
        items.product_name,
        items.product_type,
        row_number() over (
            partition by items.order_id order by length(items.order_item_id) asc, items.order_item_id asc
        ) as item_rank
    from {{ ref('int_orders__items') }} as items
    inner join first_orders
        on items.order_id = first_orders.order_id

),

described as (

    select
        first_orders.customer_id,
        first_orders.order_id,
        first_orders.channel,
        first_items.product_id,
        first_items.product_name,
        first_items.product_type,
        first_orders.ordered_date,
        first_orders.ordered_at
    from first_orders
    left join first_items
        on first_orders.order_id = first_items.order_id and first_items.item_rank = 1

)

select * from described
