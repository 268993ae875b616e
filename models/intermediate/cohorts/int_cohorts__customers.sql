{{ config(materialized='table') }}

with

customers as (

    select * from {{ ref('int_acquisition__customers') }}

),

second_purchases as (

    select * from {{ ref('int_cohorts__purchases') }}
    where purchase = 2

),

-- a cohort of a few says nothing, and there may be as many of them as products
frequent_products as (

    select first_product_name
    from customers
    where first_product_name is not null
    group by first_product_name
    having count(*) >= {{ var('cohort_min_customers') | int }}

),

described as (

    select
        customers.customer_id,
        coalesce(customers.acquisition_channel, 'unknown') as acquisition_channel,
        case
            when customers.first_product_name is null then 'unknown'
            else coalesce(frequent_products.first_product_name, 'other')
        end as first_product,
        coalesce(customers.first_product_type, 'unknown') as first_product_type,
        coalesce(customers.country_code, 'unknown') as country_code,
        second_purchases.days_since_previous as days_to_second_order,
        customers.first_order_month,
        cast(date_trunc('month', second_purchases.ordered_date) as date) as second_order_month
    from customers
    left join second_purchases
        on customers.customer_id = second_purchases.customer_id
    left join frequent_products
        on customers.first_product_name = frequent_products.first_product_name

)

select * from described
