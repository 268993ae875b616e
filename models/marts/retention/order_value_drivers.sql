with

orders as (

    select * from {{ ref('orders') }}

),

summed as (

    {% for channel in ['channel', "'all'"] %}
    select
        cast(date_trunc('month', ordered_date) as date) as month,
        {{ channel }} as channel,
        count(case when not is_return_only then 1 end) as orders,
        sum(items) as items,
        cast(sum(gross_revenue_reporting) as decimal(18, 2)) as gross_revenue,
        cast(sum(discount_amount_reporting) as decimal(18, 2)) as discount_amount,
        cast(sum(tax_amount_reporting) as decimal(18, 2)) as tax_amount,
        cast(sum(refund_amount_reporting) as decimal(18, 2)) as refund_amount,
        cast(sum(net_revenue_reporting) as decimal(18, 2)) as net_revenue
    from orders
    group by cast(date_trunc('month', ordered_date) as date){{ ', channel' if channel == 'channel' }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- net revenue per order is the product of the other five
factored as (

    select
        *,
        {{ to_the_cent('net_revenue / nullif(orders, 0)') }} as average_order_value,
        net_revenue / nullif(orders, 0) as order_value,
        items / nullif(orders, 0) as items_per_order,
        gross_revenue / nullif(items, 0) as price_per_item,
        (gross_revenue - discount_amount) / nullif(gross_revenue, 0) as kept_of_discount,
        (gross_revenue - discount_amount - tax_amount) / nullif(gross_revenue - discount_amount, 0) as kept_of_tax,
        net_revenue / nullif(gross_revenue - discount_amount - tax_amount, 0) as kept_of_returns
    from summed

),

compared as (

    select
        factored.*,
        earlier.average_order_value as average_order_value_before,
        -- the logarithmic mean of both months shares out a product without a remainder, whatever comes first
        case
            when factored.order_value = earlier.order_value then earlier.order_value
            when factored.order_value > 0 and earlier.order_value > 0
                then (factored.order_value - earlier.order_value) / (ln(factored.order_value) - ln(earlier.order_value))
        end as mean_order_value,
        {% for factor in ['items_per_order', 'price_per_item', 'kept_of_discount', 'kept_of_tax'] %}
        case when factored.{{ factor }} > 0 and earlier.{{ factor }} > 0 then ln(factored.{{ factor }}) - ln(earlier.{{ factor }}) end as {{ factor }}_growth,
        {% endfor %}
        last_day(factored.month) <= {{ as_of_date() }} as is_complete
    from factored
    left join factored as earlier
        on factored.channel = earlier.channel
        and earlier.month = cast({{ dbt.dateadd('month', -1, 'factored.month') }} as date)
        -- a month that runs is not compared
        and last_day(factored.month) <= {{ as_of_date() }}

),

explained as (

    select
        *,
        average_order_value - average_order_value_before as order_value_change,
        {{ to_the_cent('mean_order_value * items_per_order_growth') }} as items_effect,
        {{ to_the_cent('mean_order_value * price_per_item_growth') }} as price_effect,
        {{ to_the_cent('mean_order_value * kept_of_discount_growth') }} as discount_effect,
        {{ to_the_cent('mean_order_value * kept_of_tax_growth') }} as tax_effect
    from compared

),

drivers as (

    select
        -- keys
        month,
        channel,

        -- facts
        cast(orders as bigint) as orders,
        cast(items as bigint) as items,
        cast(net_revenue as decimal(18, 2)) as net_revenue,
        average_order_value,
        cast(items_per_order as decimal(18, 6)) as items_per_order,
        {{ to_the_cent('price_per_item') }} as price_per_item,
        cast(1 - kept_of_discount as decimal(18, 6)) as discount_share,
        cast(1 - kept_of_tax as decimal(18, 6)) as tax_share,
        cast(1 - kept_of_returns as decimal(18, 6)) as return_share,
        cast(order_value_change as decimal(18, 2)) as order_value_change,
        items_effect,
        price_effect,
        discount_effect,
        tax_effect,
        cast(order_value_change - items_effect - price_effect - discount_effect - tax_effect as decimal(18, 2)) as return_effect,

        -- flags
        is_complete
    from explained

)

select * from drivers
