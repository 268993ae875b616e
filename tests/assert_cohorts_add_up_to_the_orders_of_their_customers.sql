-- Whatever customers are told apart by, every order of everybody who ever bought is in one cohort and month, to the cent.
with

buyers as (

    select distinct customer_id
    from {{ ref('orders') }}
    where customer_id is not null and not is_return_only

),

sold as (

    select
        count(distinct orders.customer_id) as customers,
        count(case when not orders.is_return_only then 1 end) as orders,
        coalesce(sum(orders.net_revenue_reporting), 0) as net_revenue,
        coalesce(sum(orders.margin_amount_reporting), 0) as margin_amount
    from {{ ref('orders') }} as orders
    inner join buyers
        on orders.customer_id = buyers.customer_id

),

worth as (

    select
        dimension,
        sum(case when months_since = 0 then customers end) as customers,
        sum(orders) as orders,
        sum(net_revenue) as net_revenue,
        sum(margin_amount) as margin_amount
    from {{ ref('ltv_cohorts') }}
    group by dimension

),

retained as (

    select
        dimension,
        sum(case when months_since = 0 then retained_customers end) as customers
    from {{ ref('cohort_retention') }}
    group by dimension

)

select
    worth.*,
    retained.customers as customers_retained,
    sold.customers as customers_who_bought,
    sold.orders as orders_sold,
    sold.net_revenue as sold,
    sold.margin_amount as margin
from worth
cross join sold
left join retained
    on worth.dimension = retained.dimension
where worth.customers <> sold.customers
    or worth.orders <> sold.orders
    or worth.net_revenue <> sold.net_revenue
    or worth.margin_amount <> sold.margin_amount
    or retained.customers is distinct from sold.customers
