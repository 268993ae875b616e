{{ config(materialized='table') }}

with

sessions as (

    select * from {{ ref('int_sessions__sessionised') }}
    where shop_customer_id is not null or order_reference is not null

),

records as (

    select * from {{ ref('int_identity__resolved_records') }}

),

accounts as (

    select
        source_key as shop_customer_id,
        customer_id
    from records
    where source_system = 'shopify' and source_table = 'customer'

),

-- an event names the order by its number or by its name
orders as (

    {% for reference in ['order_id', 'order_name'] %}
    select
        orders.{{ reference }} as order_reference,
        records.customer_id
    from {{ ref('stg_shopify__orders') }} as orders
    inner join records
        on {{ web_record_id() }} = records.record_id
    where orders.{{ reference }} is not null
    {{ 'union' if not loop.last }}
    {% endfor %}

),

sole_orders as (

    select
        order_reference,
        min(customer_id) as customer_id
    from orders
    group by order_reference
    having count(*) = 1

),

proven as (

    select
        sessions.session_id,
        sessions.device_id,
        coalesce(accounts.customer_id, sole_orders.customer_id) as customer_id
    from sessions
    left join accounts
        on sessions.shop_customer_id = accounts.shop_customer_id
    left join sole_orders
        on sessions.order_reference = sole_orders.order_reference

)

select * from proven
where customer_id is not null
