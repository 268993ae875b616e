-- Every refund of a counted order is in the marts once, to the cent: on the orders, on the customers, and in the reconciliation.
with

given_back as (

    select coalesce(sum(refunds.refund_amount), 0) as refund_amount
    from {{ ref('int_orders__refunds') }} as refunds
    inner join {{ ref('int_orders__classified') }} as orders
        on refunds.order_id = orders.order_id
    where orders.disposition = 'counted'

),

on_orders as (

    select coalesce(sum(refund_amount), 0) as refund_amount
    from {{ ref('orders') }}

),

reconciled as (

    select coalesce(sum(refund_amount), 0) as refund_amount
    from {{ ref('revenue_reconciliation') }}
    where disposition = 'counted'

)

select
    given_back.refund_amount as given_back,
    on_orders.refund_amount as on_orders,
    reconciled.refund_amount as reconciled
from given_back
cross join on_orders
cross join reconciled
where given_back.refund_amount <> on_orders.refund_amount
    or given_back.refund_amount <> reconciled.refund_amount
