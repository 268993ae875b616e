with

customers as (

    select distinct customer_id
    from {{ ref('customer_identities') }}

),

orders_in_window as (

    select *
    from {{ ref('orders') }}
    where customer_id is not null
        and ordered_date > cast({{ dbt.dateadd('month', -var('rfm_window_months') | int, as_of_date()) }} as date)
        and ordered_date <= {{ as_of_date() }}

),

measured as (

    select
        customer_id,
        max(case when not is_return_only then ordered_date end) as last_order_date,
        count(distinct case when not is_return_only then ordered_date end) as order_days,
        cast(sum(net_revenue_reporting) as decimal(18, 2)) as net_revenue
    from orders_in_window
    group by customer_id

),

-- someone who only brought goods back in the window did not buy in it
buyers as (

    select
        customer_id,
        cast({{ dbt.datediff('last_order_date', as_of_date(), 'day') }} as bigint) as recency_days,
        order_days,
        net_revenue
    from measured
    where order_days > 0

),

{{ scores_by_value('recency_scores', 'buyers', 'recency_days', 'desc') }},

{{ scores_by_value('frequency_scores', 'buyers', 'order_days', 'asc') }},

{{ scores_by_value('monetary_scores', 'buyers', 'net_revenue', 'asc') }},

segments as (

    select * from {{ ref('rfm_segments') }}

),

scored as (

    select
        buyers.*,
        recency_scores.score as recency_score,
        frequency_scores.score as frequency_score,
        -- who gave back all they bought is worth least, however many others did the same
        case when buyers.net_revenue <= 0 then 1 else monetary_scores.score end as monetary_score
    from buyers
    inner join recency_scores
        on buyers.recency_days = recency_scores.recency_days
    inner join frequency_scores
        on buyers.order_days = frequency_scores.order_days
    inner join monetary_scores
        on buyers.net_revenue = monetary_scores.net_revenue

),

segmented as (

    select
        -- keys
        customers.customer_id,

        -- facts
        scored.recency_days,
        cast(coalesce(scored.order_days, 0) as bigint) as order_days,
        cast(coalesce(scored.net_revenue, 0) as decimal(18, 2)) as net_revenue,
        cast(scored.recency_score as bigint) as recency_score,
        cast(scored.frequency_score as bigint) as frequency_score,
        cast(scored.monetary_score as bigint) as monetary_score,
        case when scored.customer_id is null then 'no_orders' else segments.segment end as segment,

        -- dates
        {{ as_of_date() }} as as_of_date
    from customers
    left join scored
        on customers.customer_id = scored.customer_id
    left join segments
        on scored.recency_score = segments.recency_score
        and scored.frequency_score = segments.frequency_score
        and scored.monetary_score = segments.monetary_score

)

select * from segmented
