{% set last_month_end = 'cast(' ~ dbt.dateadd('day', -1, "cast(date_trunc('month', " ~ as_of_date() ~ ") as date)") ~ ' as date)' %}

with

customers as (

    select * from {{ ref('customer_rfm') }}

),

value as (

    select * from {{ ref('customer_ltv') }}

),

changes as (

    select * from {{ ref('rfm_segment_changes') }}

),

-- a segment that nobody is in has its row too
segments as (

    select segment from {{ ref('rfm_segments') }}
    union
    select 'no_orders' as segment

),

-- on the last day of a month the month end before is that of the month before
last_month as (

    select
        customer_id,
        segment
    from changes
    where valid_from <= {{ last_month_end }}
        and coalesce(valid_to, {{ last_month_end }}) >= {{ last_month_end }}

),

-- who had not bought yet a month ago had no orders then
compared as (

    select
        customers.segment,
        coalesce(last_month.segment, 'no_orders') as segment_before,
        count(*) as customers,
        sum(customers.orders) as orders,
        sum(customers.net_revenue) as net_revenue,
        sum(value.predicted_value_12_months) as predicted_value,
        count(value.predicted_value_12_months) as predicted_customers
    from customers
    inner join value
        on customers.customer_id = value.customer_id
    left join last_month
        on customers.customer_id = last_month.customer_id
    group by customers.segment, coalesce(last_month.segment, 'no_orders')

),

sized as (

    select
        segments.segment,
        coalesce(sum(case when compared.segment = segments.segment then compared.customers end), 0) as customers,
        coalesce(sum(case when compared.segment = segments.segment then compared.orders end), 0) as orders,
        coalesce(sum(case when compared.segment = segments.segment then compared.net_revenue end), 0) as net_revenue,
        sum(case when compared.segment = segments.segment then compared.predicted_value end) as predicted_value,
        sum(case when compared.segment = segments.segment then compared.predicted_customers end) as predicted_customers,
        coalesce(sum(case when compared.segment_before = segments.segment then compared.customers end), 0) as customers_before,
        coalesce(sum(case when compared.segment = segments.segment and compared.segment_before <> segments.segment then compared.customers end), 0) as joined,
        coalesce(sum(case when compared.segment_before = segments.segment and compared.segment <> segments.segment then compared.customers end), 0) as gone
    from segments
    left join compared
        on segments.segment = compared.segment or segments.segment = compared.segment_before
    group by segments.segment

),

summed as (

    select
        -- keys
        segment,

        -- facts
        cast(customers as bigint) as customers,
        cast(customers / nullif(sum(customers) over (), 0) as decimal(18, 6)) as customer_share,
        cast(orders as bigint) as orders,
        cast(net_revenue as decimal(18, 2)) as net_revenue,
        cast(net_revenue / nullif(sum(net_revenue) over (), 0) as decimal(18, 6)) as revenue_share,
        {{ to_the_cent('net_revenue / nullif(orders, 0)') }} as average_order_value,
        cast(predicted_value as decimal(18, 2)) as predicted_value_12_months,
        {{ to_the_cent('predicted_value / nullif(predicted_customers, 0)') }} as mean_predicted_value_12_months,
        cast(customers_before as bigint) as customers_last_month_end,
        cast(joined as bigint) as customers_joined,
        cast(gone as bigint) as customers_left,

        -- dates
        {{ as_of_date() }} as as_of_date
    from sized

)

select * from summed
