with

shop_customers as (

    select
        {{ record_id("'shopify.customer:' || shop_customer_id") }} as record_id,
        'shopify' as source_system,
        'customer' as source_table,
        shop_customer_id as source_key,
        first_name,
        last_name,
        email,
        phone,
        cast(null as {{ dbt.type_string() }}) as address_line,
        cast(null as {{ dbt.type_string() }}) as city,
        cast(null as {{ dbt.type_string() }}) as postal_code,
        cast(null as {{ dbt.type_string() }}) as country_code,
        cast(null as date) as birth_date,
        coalesce(updated_at, created_at) as observed_at
    from {{ ref('stg_shopify__customers') }}

),

orders as (

    select
        {{ web_record_id() }} as record_id,
        'shopify' as source_system,
        'order' as source_table,
        order_id as source_key,
        first_name,
        last_name,
        email,
        phone,
        address_line,
        city,
        postal_code,
        country_code,
        cast(null as date) as birth_date,
        ordered_at as observed_at
    from {{ ref('stg_shopify__orders') }}

),

receipts as (

    select
        {{ record_id("'pos.receipt:' || receipt_id") }} as record_id,
        'pos' as source_system,
        'receipt' as source_table,
        receipt_id as source_key,
        cast(null as {{ dbt.type_string() }}) as first_name,
        cast(null as {{ dbt.type_string() }}) as last_name,
        email,
        phone,
        cast(null as {{ dbt.type_string() }}) as address_line,
        cast(null as {{ dbt.type_string() }}) as city,
        cast(null as {{ dbt.type_string() }}) as postal_code,
        cast(null as {{ dbt.type_string() }}) as country_code,
        cast(null as date) as birth_date,
        sold_at as observed_at
    from {{ ref('stg_pos__receipts') }}
    where email is not null or phone is not null

),

crm_contacts as (

    select
        {{ record_id("'hubspot.contact:' || crm_contact_id") }} as record_id,
        'hubspot' as source_system,
        'contact' as source_table,
        crm_contact_id as source_key,
        first_name,
        last_name,
        email,
        cast(null as {{ dbt.type_string() }}) as phone,
        cast(null as {{ dbt.type_string() }}) as address_line,
        cast(null as {{ dbt.type_string() }}) as city,
        cast(null as {{ dbt.type_string() }}) as postal_code,
        cast(null as {{ dbt.type_string() }}) as country_code,
        cast(null as date) as birth_date,
        coalesce(updated_at, created_at) as observed_at
    from {{ ref('stg_hubspot__contacts') }}

),

loyalty_members as (

    select
        {{ record_id("'loyalty.member:' || member_id") }} as record_id,
        'loyalty' as source_system,
        'member' as source_table,
        member_id as source_key,
        first_name,
        last_name,
        email,
        phone,
        cast(null as {{ dbt.type_string() }}) as address_line,
        cast(null as {{ dbt.type_string() }}) as city,
        cast(null as {{ dbt.type_string() }}) as postal_code,
        cast(null as {{ dbt.type_string() }}) as country_code,
        birth_date,
        coalesce(updated_at, enrolled_at) as observed_at
    from {{ ref('stg_loyalty__members') }}

)

{% for channel in ['shop_customers', 'orders', 'receipts', 'crm_contacts', 'loyalty_members'] %}
select * from {{ channel }}
{{ 'union all' if not loop.last }}
{% endfor %}
