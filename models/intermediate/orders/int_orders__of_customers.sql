with

orders as (

    select * from {{ ref('int_orders__owned') }}
    where customer_id is not null

),

converted as (

    select
        customer_id,
        order_id,
        channel,
        items,
        returned_items,
        {% for amount in ['gross_revenue', 'discount_amount', 'tax_amount', 'refund_amount', 'cost_amount', 'net_revenue', 'margin_amount'] %}
        {{ amount }}_reporting as {{ amount }},
        {% endfor %}
        is_return_only,
        ordered_date,
        ordered_at
    from orders

)

select * from converted
