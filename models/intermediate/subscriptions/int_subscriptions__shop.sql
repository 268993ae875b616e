with

-- no table of subscriptions says in which shop: what all shops have in common is known
shop as (

    select
        case when count(distinct currency) = 1 then max(currency) end as currency,
        coalesce(case when count(distinct timezone) = 1 then max(timezone) end, {{ business_time_zone() }}) as time_zone
    from {{ ref('stg_shopify__shops') }}
    where not coalesce(is_deleted, false)

)

select * from shop
