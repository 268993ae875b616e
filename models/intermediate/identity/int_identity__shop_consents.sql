with

accounts as (

    select * from {{ ref('stg_shopify__customers') }}

),

records as (

    select * from {{ ref('int_identity__resolved_records') }}
    where source_system = 'shopify' and source_table = 'customer'

),

-- the most restrictive wins: one account that declines declines for the person
merged as (

    select
        records.customer_id,
        bool_and(accounts.accepts_marketing) as accepts_marketing
    from accounts
    inner join records
        on accounts.shop_customer_id = records.source_key
    where accounts.accepts_marketing is not null
    group by records.customer_id

)

select * from merged
