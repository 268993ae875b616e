{{ config(materialized='table') }}

with

days_with_orders as (

    select * from {{ ref('int_rfm__order_days') }}
    where orders > 0

),

purchases as (

    select
        customer_id,
        ordered_date,
        row_number() over (partition by customer_id order by ordered_date) as purchase,
        lag(ordered_date) over (partition by customer_id order by ordered_date) as previous_date
    from days_with_orders

),

apart as (

    select
        customer_id,
        cast(purchase as bigint) as purchase,
        cast(
            {{ dbt.datediff('previous_date', 'ordered_date', 'day') }} as bigint
        ) as days_since_previous,
        ordered_date
    from purchases

)

select * from apart
