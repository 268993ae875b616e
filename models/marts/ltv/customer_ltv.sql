with

customers as (

    select distinct customer_id
    from {{ ref('customer_identities') }}

),

orders as (

    select * from {{ ref('orders') }}
    where customer_id is not null

),

summed as (

    select
        customer_id,
        count(case when not is_return_only then 1 end) as orders,
        count(distinct case when not is_return_only then ordered_date end) as order_days,
        sum(gross_revenue_reporting) as gross_revenue,
        sum(discount_amount_reporting) as discount_amount,
        sum(tax_amount_reporting) as tax_amount,
        sum(refund_amount_reporting) as refund_amount,
        sum(net_revenue_reporting) as net_revenue,
        sum(margin_amount_reporting) as margin_amount,
        count(margin_amount_reporting) as orders_with_margin,
        min(case when not is_return_only then ordered_date end) as first_order_date,
        max(case when not is_return_only then ordered_date end) as last_order_date
    from orders
    group by customer_id

),

predictions as (

    select * from {{ ref('int_value__predictions') }}

),

valued as (

    select
        -- keys
        customers.customer_id,

        -- facts
        cast(coalesce(summed.orders, 0) as bigint) as orders,
        cast(coalesce(summed.order_days, 0) as bigint) as order_days,
        cast(coalesce(summed.gross_revenue, 0) as decimal(18, 2)) as gross_revenue,
        cast(coalesce(summed.discount_amount, 0) as decimal(18, 2)) as discount_amount,
        cast(coalesce(summed.tax_amount, 0) as decimal(18, 2)) as tax_amount,
        cast(coalesce(summed.refund_amount, 0) as decimal(18, 2)) as refund_amount,
        cast(coalesce(summed.net_revenue, 0) as decimal(18, 2)) as net_revenue,
        {{ to_the_cent('summed.net_revenue / nullif(summed.orders, 0)') }} as average_order_value,
        cast(summed.margin_amount as decimal(18, 2)) as margin_amount,
        cast(coalesce(summed.orders_with_margin, 0) as bigint) as orders_with_margin,
        predictions.probability_alive,
        predictions.expected_orders_3_months,
        predictions.expected_orders_6_months,
        predictions.expected_orders_12_months,
        predictions.expected_order_value,
        predictions.predicted_value_3_months,
        predictions.predicted_value_6_months,
        predictions.predicted_value_12_months,
        coalesce(predictions.prediction_confidence, 'none') as prediction_confidence,
        {{ reporting_currency() }} as reporting_currency,

        -- dates
        summed.first_order_date,
        summed.last_order_date,
        predictions.predictions_fitted_on,
        {{ as_of_date() }} as as_of_date
    from customers
    left join summed
        on customers.customer_id = summed.customer_id
    left join predictions
        on customers.customer_id = predictions.customer_id

)

select * from valued
