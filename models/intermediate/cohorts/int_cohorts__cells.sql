{{ config(materialized='table') }}

with

customers as (

    select * from {{ ref('int_cohorts__customers') }}

),

customer_months as (

    select
        customer_id,
        cast(date_trunc('month', ordered_date) as date) as month,
        count(case when not is_return_only then 1 end) as orders,
        sum(net_revenue) as net_revenue,
        sum(margin_amount) as margin_amount,
        count(margin_amount) as orders_with_margin
    from {{ ref('int_orders__of_customers') }}
    where ordered_date <= {{ as_of_date() }}
    group by customer_id, cast(date_trunc('month', ordered_date) as date)

),

-- the finest cohorts there are: each figure of a coarser one is a sum of these
cells as (

    select
        customers.first_order_month,
        customers.acquisition_channel,
        customers.first_product,
        customers.first_product_type,
        customers.country_code,
        -- goods that came back before the first order known are of its month
        greatest({{ dbt.datediff('customers.first_order_month', 'customer_months.month', 'month') }}, 0) as months_since,
        count(case when customer_months.orders > 0 then 1 end) as active_customers,
        count(case when customer_months.month = customers.second_order_month then 1 end) as second_orders,
        sum(customer_months.orders) as orders,
        sum(customer_months.net_revenue) as net_revenue,
        sum(customer_months.margin_amount) as margin_amount,
        sum(customer_months.orders_with_margin) as orders_with_margin
    from customers
    inner join customer_months
        on customers.customer_id = customer_months.customer_id
    group by
        customers.first_order_month,
        customers.acquisition_channel,
        customers.first_product,
        customers.first_product_type,
        customers.country_code,
        greatest({{ dbt.datediff('customers.first_order_month', 'customer_months.month', 'month') }}, 0)

)

select * from cells
