{{ config(materialized='table') }}

with

customers as (

    select * from {{ ref('int_acquisition__customers') }}

),

orders as (

    select * from {{ ref('int_orders__of_customers') }}

),

-- months of each customer's own life; goods that came back before the first order known are of the first
dated as (

    select
        customers.acquisition_channel as channel,
        customers.acquisition_campaign as campaign,
        customers.first_order_month as month,
        greatest({{ whole_months('customers.first_order_date', 'orders.ordered_date') }}, 0) as months_since,
        orders.net_revenue,
        orders.margin_amount
    from orders
    inner join customers
        on orders.customer_id = customers.customer_id

),

earned as (

    select
        'channel' as grain,
        channel,
        cast(null as {{ dbt.type_string() }}) as campaign,
        month,
        months_since,
        sum(net_revenue) as net_revenue,
        sum(margin_amount) as margin_amount
    from dated
    group by channel, month, months_since

    union all

    select
        'campaign' as grain,
        channel,
        campaign,
        month,
        months_since,
        sum(net_revenue) as net_revenue,
        sum(margin_amount) as margin_amount
    from dated
    where campaign is not null
    group by channel, campaign, month, months_since

)

select
    grain,
    channel,
    campaign,
    month,
    cast(months_since as bigint) as months_since,
    cast(net_revenue as decimal(18, 2)) as net_revenue,
    cast(coalesce(margin_amount, 0) as decimal(18, 2)) as margin_amount,
    cast(sum(coalesce(margin_amount, 0)) over (partition by grain, channel, campaign, month order by months_since) as decimal(18, 2)) as margin_so_far
from earned
