{{ config(materialized='table') }}

with

items as (

    select * from {{ ref('int_orders__web_items') }}

    union all

    select * from {{ ref('int_orders__till_items') }}

),

orders as (

    select * from {{ ref('int_orders__classified') }}
    where disposition = 'counted'

),

refunds as (

    select
        order_item_id,
        sum(refund_amount) as refund_amount,
        sum(returned_quantity) as returned_quantity,
        sum(case when is_restocked then returned_quantity else 0 end) as restocked_quantity
    from {{ ref('int_orders__refunds') }}
    where order_item_id is not null
    group by order_item_id

),

products as (

    select * from {{ ref('int_orders__products') }}

),

cost_rates as (

    select * from {{ ref('int_currency__daily_rates') }}

),

joined as (

    select
        items.order_item_id,
        items.order_id,
        items.sku,
        products.product_id,
        coalesce(products.product_name, items.product_name) as product_name,
        products.product_type,
        orders.currency,
        orders.exchange_rate,
        orders.ordered_at,
        orders.ordered_date,
        items.quantity,
        cast(coalesce(refunds.returned_quantity, 0) as bigint) as returned_quantity,
        items.gross_revenue,
        items.discount_amount,
        items.tax_amount,
        cast(coalesce(refunds.refund_amount, 0) as decimal(18, 2)) as refund_amount,
        -- goods that came back cost nothing; a cost in another currency goes through the reporting currency
        {% set cost_rate -%}
            case
                when products.unit_cost_currency = orders.currency then 1
                when products.unit_cost_currency = {{ reporting_currency() }} then 1 / orders.exchange_rate
                else cost_rates.exchange_rate / orders.exchange_rate
            end
        {%- endset %}
        {{ to_the_cent('products.unit_cost * (items.quantity - coalesce(refunds.restocked_quantity, 0)) * ' ~ cost_rate) }} as cost_amount
    from items
    inner join orders
        on items.order_id = orders.order_id
    left join refunds
        on items.order_item_id = refunds.order_item_id
    left join products
        on items.sku = products.sku
    left join cost_rates
        on products.unit_cost_currency = cost_rates.currency
        and orders.ordered_date = cost_rates.rate_date

)

select
    *,
    cast(gross_revenue - discount_amount - tax_amount - refund_amount as decimal(18, 2)) as net_revenue
from joined
