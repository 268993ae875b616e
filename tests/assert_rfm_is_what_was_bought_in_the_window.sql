-- What is scored is what the orders of the window say, to the cent, and the segments are everybody in it.
with

in_window as (

    select
        customer_id,
        count(case when not is_return_only then 1 end) as orders,
        count(distinct case when not is_return_only then ordered_date end) as order_days,
        sum(net_revenue_reporting) as net_revenue
    from {{ ref('orders') }}
    where customer_id is not null
        and ordered_date >= {{ rfm_window_start(as_of_date()) }}
        and ordered_date <= {{ as_of_date() }}
    group by customer_id

),

bought as (

    select
        'rfm' as what,
        count(*) as customers,
        sum(orders) as orders,
        sum(order_days) as order_days,
        sum(net_revenue) as net_revenue
    from in_window
    where orders > 0

    union all

    select
        'segments' as what,
        count(*) as customers,
        sum(orders) as orders,
        cast(null as bigint) as order_days,
        sum(net_revenue) as net_revenue
    from {{ ref('customer_rfm') }}

),

scored as (

    select
        'rfm' as what,
        count(*) as customers,
        sum(orders) as orders,
        sum(order_days) as order_days,
        sum(net_revenue) as net_revenue
    from {{ ref('customer_rfm') }}
    where segment <> 'no_orders'

    union all

    select
        'segments' as what,
        sum(customers) as customers,
        sum(orders) as orders,
        cast(null as bigint) as order_days,
        sum(net_revenue) as net_revenue
    from {{ ref('rfm_segment_summary') }}

)

select
    scored.*,
    bought.customers as customers_bought,
    bought.orders as orders_bought,
    bought.net_revenue as bought
from scored
inner join bought
    on scored.what = bought.what
where scored.customers <> bought.customers
    or coalesce(scored.orders, 0) <> coalesce(bought.orders, 0)
    or scored.order_days is distinct from bought.order_days
    or coalesce(scored.net_revenue, 0) <> coalesce(bought.net_revenue, 0)
