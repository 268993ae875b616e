with

accounts as (

    select * from {{ ref('stg_shopify__customers') }}

),

buyers as (

    select
        shop_customer_id,
        -- accounts carry no country: the one they ship to tells how their phone number is written
        max(country_code) as country_code,
        min(ordered_at) as first_ordered_at
    from {{ ref('stg_shopify__orders') }}
    where shop_customer_id is not null
    group by shop_customer_id

),

-- an order may name an account that was never delivered: it is a customer all the same
joined as (

    select
        coalesce(accounts.shop_customer_id, buyers.shop_customer_id) as shop_customer_id,
        accounts.email,
        accounts.phone,
        buyers.country_code,
        least(accounts.created_at, buyers.first_ordered_at) as first_seen_at
    from accounts
    full outer join buyers
        on accounts.shop_customer_id = buyers.shop_customer_id

)

select * from joined
