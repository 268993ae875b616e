with

shop_customers as (

    select
        'shopify' as source_system,
        'customer' as source_table,
        shop_customer_id as source_key,
        email,
        cast(null as {{ dbt.type_string() }}) as second_email,
        phone,
        cast(null as {{ dbt.type_string() }}) as loyalty_number,
        shop_customer_id,
        cast(null as {{ dbt.type_string() }}) as crm_contact_id,
        cast(null as {{ dbt.type_string() }}) as payment_card,
        country_code,
        first_seen_at
    from {{ ref('int_identity__shop_customers') }}

),

guest_orders as (

    select
        'shopify' as source_system,
        'order' as source_table,
        order_id as source_key,
        email,
        cast(null as {{ dbt.type_string() }}) as second_email,
        phone,
        cast(null as {{ dbt.type_string() }}) as loyalty_number,
        cast(null as {{ dbt.type_string() }}) as shop_customer_id,
        cast(null as {{ dbt.type_string() }}) as crm_contact_id,
        cast(null as {{ dbt.type_string() }}) as payment_card,
        country_code,
        ordered_at as first_seen_at
    from {{ ref('stg_shopify__orders') }}
    where shop_customer_id is null

),

receipts as (

    select
        'pos' as source_system,
        'receipt' as source_table,
        receipts.receipt_id as source_key,
        receipts.email,
        cast(null as {{ dbt.type_string() }}) as second_email,
        receipts.phone,
        receipts.loyalty_number,
        cast(null as {{ dbt.type_string() }}) as shop_customer_id,
        cast(null as {{ dbt.type_string() }}) as crm_contact_id,
        receipts.payment_card_token as payment_card,
        stores.country_code,
        receipts.sold_at as first_seen_at
    from {{ ref('stg_pos__receipts') }} as receipts
    left join {{ ref('stg_pos__stores') }} as stores
        on receipts.store_id = stores.store_id
    -- a receipt without any identifier is nobody's
    where coalesce(receipts.email, receipts.phone, receipts.loyalty_number, receipts.payment_card_token) is not null

),

crm_contacts as (

    select
        'hubspot' as source_system,
        'contact' as source_table,
        crm_contact_id as source_key,
        email,
        second_email,
        cast(null as {{ dbt.type_string() }}) as phone,
        cast(null as {{ dbt.type_string() }}) as loyalty_number,
        cast(null as {{ dbt.type_string() }}) as shop_customer_id,
        crm_contact_id,
        cast(null as {{ dbt.type_string() }}) as payment_card,
        cast(null as {{ dbt.type_string() }}) as country_code,
        created_at as first_seen_at
    from {{ ref('stg_hubspot__contacts') }}

),

loyalty_members as (

    select
        'loyalty' as source_system,
        'member' as source_table,
        members.member_id as source_key,
        members.email,
        cast(null as {{ dbt.type_string() }}) as second_email,
        members.phone,
        members.loyalty_number,
        cast(null as {{ dbt.type_string() }}) as shop_customer_id,
        cast(null as {{ dbt.type_string() }}) as crm_contact_id,
        cast(null as {{ dbt.type_string() }}) as payment_card,
        stores.country_code,
        members.enrolled_at as first_seen_at
    from {{ ref('stg_loyalty__members') }} as members
    left join {{ ref('stg_pos__stores') }} as stores
        on members.store_id = stores.store_id

)

{% for channel in ['shop_customers', 'guest_orders', 'receipts', 'crm_contacts', 'loyalty_members'] %}
select * from {{ channel }}
{{ 'union all' if not loop.last }}
{% endfor %}
