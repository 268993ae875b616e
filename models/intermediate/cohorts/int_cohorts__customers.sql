{{ config(materialized='table') }}

with

customers as (

    select * from {{ ref('int_acquisition__customers') }}

),

second_purchases as (

    select * from {{ ref('int_cohorts__purchases') }}
    where purchase = 2

),

described as (

    select
        customers.customer_id,
        coalesce(customers.acquisition_channel, 'unknown') as acquisition_channel,
        coalesce(customers.first_product_type, 'unknown') as first_product_type,
        coalesce(customers.country_code, 'unknown') as country_code,
        second_purchases.days_since_previous as days_to_second_order,
        customers.first_order_month,
        cast(date_trunc('month', second_purchases.ordered_date) as date) as second_order_month
    from customers
    left join second_purchases
        on customers.customer_id = second_purchases.customer_id

)

select * from described
