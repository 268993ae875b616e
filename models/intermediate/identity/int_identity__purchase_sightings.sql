with

-- only an order that somebody else speaks of (a review, an invitation) ties anything by its number
referenced as (

    select order_reference
    from {{ ref('stg_feedback__reviews') }}
    where order_reference is not null

    union

    select order_reference
    from {{ ref('stg_loyalty__referrals') }}
    where order_reference is not null

),

-- what is bought or begun while signed in speaks of the account, also of one that was never delivered
orders as (

    select
        {{ sighting('shopify', 'order', 'orders.order_id', web_record_key('orders.order_id', 'orders.shop_customer_id'), {
            'email': 'orders.email', 'phone': 'orders.phone', 'country_code': 'orders.country_code',
            'shop_customer_id': 'orders.shop_customer_id', 'order_reference': 'referenced.order_reference',
            'first_name': 'orders.first_name', 'last_name': 'orders.last_name', 'address_line': 'orders.address_line',
            'city': 'orders.city', 'postal_code': 'orders.postal_code', 'first_seen_at': 'orders.ordered_at'
        }) }}
    from {{ ref('stg_shopify__orders') }} as orders
    left join referenced
        on orders.order_id = referenced.order_reference

),

checkouts as (

    select
        {{ sighting('shopify', 'abandoned_checkout', 'checkout_id', "case when shop_customer_id is null
            then 'shopify.abandoned_checkout:' || checkout_id else 'shopify.customer:' || shop_customer_id end", {
            'email': 'email', 'phone': 'phone', 'shop_customer_id': 'shop_customer_id', 'first_seen_at': 'created_at'
        }) }}
    from {{ ref('stg_shopify__abandoned_checkouts') }}
    where coalesce(shop_customer_id, email, phone) is not null

),

-- a receipt without any identifier is nobody's
receipts as (

    select
        {{ sighting('pos', 'receipt', 'receipts.receipt_id', "'pos.receipt:' || receipts.receipt_id", {
            'email': 'receipts.email', 'phone': 'receipts.phone', 'country_code': 'stores.country_code',
            'loyalty_number': 'receipts.loyalty_number', 'payment_card': 'receipts.payment_card_token',
            'order_reference': 'referenced.order_reference', 'first_seen_at': 'receipts.sold_at'
        }) }}
    from {{ ref('stg_pos__receipts') }} as receipts
    left join {{ ref('stg_pos__stores') }} as stores
        on receipts.store_id = stores.store_id
    left join referenced
        on receipts.receipt_id = referenced.order_reference
    where coalesce(receipts.email, receipts.phone, receipts.loyalty_number, receipts.payment_card_token) is not null

),

addresses as (

    select
        {{ sighting('recharge', 'address', 'address_id', "'recharge.customer:' || addresses.subscriber_id", {
            'phone': 'addresses.phone', 'country_code': 'addresses.country_code', 'first_name': 'addresses.first_name',
            'last_name': 'addresses.last_name', 'address_line': 'addresses.address_line', 'city': 'addresses.city',
            'postal_code': 'addresses.postal_code', 'first_seen_at': 'addresses.created_at',
            'observed_at': 'coalesce(addresses.updated_at, addresses.created_at)'
        }) }}
    from {{ ref('stg_recharge__addresses') }} as addresses
    inner join {{ ref('stg_recharge__customers') }} as subscribers
        on addresses.subscriber_id = subscribers.subscriber_id

)

{% for source in ['orders', 'checkouts', 'receipts', 'addresses'] %}
select * from {{ source }}
{{ 'union all' if not loop.last }}
{% endfor %}
