{{ config(materialized='table') }}

with

records as (

    select * from {{ ref('int_identity__source_records') }}

),

order_contacts as (

    select * from {{ ref('int_identity__signed_in_order_contacts') }}

),

crm_merges as (

    select
        {{ record_id("'hubspot.contact:' || crm_contact_id") }} as record_id,
        merged_crm_contact_id
    from {{ ref('stg_hubspot__contact_merges') }}

),

unpivoted as (

    {% for identifier_type in ['email', 'phone', 'loyalty_number', 'shop_customer_id', 'crm_contact_id', 'payment_card'] %}
    select
        record_id,
        '{{ identifier_type }}' as identifier_type,
        {{ identifier_type }} as identifier_value
    from records
    where {{ identifier_type }} is not null

    union all

    {% endfor %}
    select
        record_id,
        'email' as identifier_type,
        second_email as identifier_value
    from records
    where second_email is not null and second_email is distinct from email

    union all

    select
        record_id,
        identifier_type,
        identifier_value
    from order_contacts

    union all

    -- a contact that was merged in the CRM answers to both numbers
    select
        crm_merges.record_id,
        'crm_contact_id' as identifier_type,
        crm_merges.merged_crm_contact_id as identifier_value
    from crm_merges
    inner join records
        on crm_merges.record_id = records.record_id

)

select * from unpivoted
