-- What customers are worth together is what was sold to somebody known, to the cent.
with

worth as (

    select
        coalesce(sum(net_revenue), 0) as net_revenue,
        coalesce(sum(orders), 0) as orders
    from {{ ref('customer_ltv') }}

),

sold as (

    select
        coalesce(sum(net_revenue_reporting), 0) as net_revenue,
        count(case when not is_return_only then 1 end) as orders
    from {{ ref('orders') }}
    where customer_id is not null

)

select
    worth.net_revenue as worth,
    sold.net_revenue as sold,
    worth.orders as orders_of_customers,
    sold.orders as orders_sold
from worth
cross join sold
where worth.net_revenue <> sold.net_revenue or worth.orders <> sold.orders
