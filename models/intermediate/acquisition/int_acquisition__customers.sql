{{ config(materialized='table') }}

with

first_orders as (

    select * from {{ ref('int_acquisition__first_orders') }}

),

first_touches as (

    select * from {{ ref('int_acquisition__first_touches') }}

),

countries as (

    select
        customer_id,
        country_code
    from {{ ref('int_contacts__golden') }}
    where field = 'address'

),

acquired as (

    select
        first_orders.customer_id,
        coalesce(first_touches.channel, first_orders.channel) as acquisition_channel,
        first_touches.touch_source as acquisition_source,
        first_touches.touch_campaign as acquisition_campaign,
        first_touches.touched_at as acquisition_touch_at,
        first_orders.order_id as first_order_id,
        first_orders.channel as first_order_channel,
        first_orders.ordered_date as first_order_date,
        cast(date_trunc('month', first_orders.ordered_date) as date) as first_order_month,
        first_orders.product_id as first_product_id,
        first_orders.product_name as first_product_name,
        first_orders.product_type as first_product_type,
        countries.country_code
    from first_orders
    left join first_touches
        on first_orders.customer_id = first_touches.customer_id
    left join countries
        on first_orders.customer_id = countries.customer_id

)

select * from acquired
