with

orders as (

    select
        {{ record_id("'shopify.customer:' || shop_customer_id") }} as record_id,
        {{ clean_text('email') }} as clean_email
    from {{ ref('stg_shopify__orders') }}
    where shop_customer_id is not null and email is not null

),

-- the address given at checkout is often one that the account never had
addresses as (

    select distinct
        record_id,
        clean_email
    from orders
    where {{ is_email('clean_email') }}

),

providers as (

    select * from {{ ref('email_providers') }}

),

canonical as (

    select distinct
        addresses.record_id,
        'email' as identifier_type,
        {{ canonical_email('addresses.clean_email', 'providers') }} as identifier_value
    from addresses
    left join providers
        on split_part(addresses.clean_email, '@', 2) = providers.domain

),

accounts as (

    select
        record_id,
        email
    from {{ ref('int_identity__source_records') }}
    where source_system = 'shopify' and source_table = 'customer'

),

new_to_the_account as (

    select canonical.*
    from canonical
    inner join accounts
        on canonical.record_id = accounts.record_id
    where canonical.identifier_value is distinct from accounts.email

)

select * from new_to_the_account
