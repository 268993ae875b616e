with

-- accounts carry no country: the one they ship to tells how their phone number is written
countries as (

    select
        shop_customer_id,
        max(country_code) as country_code
    from {{ ref('stg_shopify__orders') }}
    where shop_customer_id is not null
    group by shop_customer_id

),

shop_customers as (

    select
        {{ sighting('shopify', 'customer', 'accounts.shop_customer_id', "'shopify.customer:' || accounts.shop_customer_id", {
            'email': 'accounts.email', 'phone': 'accounts.phone', 'country_code': 'countries.country_code',
            'shop_customer_id': 'accounts.shop_customer_id', 'first_name': 'accounts.first_name', 'last_name': 'accounts.last_name',
            'is_verified': 'accounts.is_email_verified', 'first_seen_at': 'accounts.created_at',
            'observed_at': 'coalesce(accounts.updated_at, accounts.created_at)'
        }) }}
    from {{ ref('stg_shopify__customers') }} as accounts
    left join countries
        on accounts.shop_customer_id = countries.shop_customer_id

),

crm_contacts as (

    select
        {{ sighting('hubspot', 'contact', 'crm_contact_id', "'hubspot.contact:' || crm_contact_id", {
            'email': 'email', 'second_email': 'second_email', 'phone': 'phone', 'crm_contact_id': 'crm_contact_id',
            'country_code': 'case when length(trim(country)) = 2 then upper(trim(country)) end', 'first_name': 'first_name',
            'last_name': 'last_name', 'address_line': 'address_line', 'city': 'city', 'postal_code': 'postal_code',
            'birth_date': 'birth_date', 'national_id': 'national_id', 'first_seen_at': 'created_at',
            'observed_at': 'coalesce(updated_at, created_at)'
        }) }}
    from {{ ref('stg_hubspot__contacts') }}

),

-- a contact that was merged in the CRM answers to both numbers
crm_merges as (

    select
        {{ sighting('hubspot', 'contact_merge_audit', "merged.crm_contact_id || '/' || merged.merged_crm_contact_id",
            "'hubspot.contact:' || merged.crm_contact_id", {
            'crm_contact_id': 'merged.merged_crm_contact_id', 'first_seen_at': 'merged.merged_at'
        }) }}
    from {{ ref('stg_hubspot__contact_merges') }} as merged
    inner join {{ ref('stg_hubspot__contacts') }} as contacts
        on merged.crm_contact_id = contacts.crm_contact_id

),

loyalty_members as (

    select
        {{ sighting('loyalty', 'member', 'members.member_id', "'loyalty.member:' || members.member_id", {
            'email': 'members.email', 'phone': 'members.phone', 'country_code': 'stores.country_code',
            'loyalty_number': 'members.loyalty_number', 'first_name': 'members.first_name', 'last_name': 'members.last_name',
            'birth_date': 'members.birth_date', 'first_seen_at': 'members.enrolled_at',
            'observed_at': 'coalesce(members.updated_at, members.enrolled_at)'
        }) }}
    from {{ ref('stg_loyalty__members') }} as members
    left join {{ ref('stg_pos__stores') }} as stores
        on members.store_id = stores.store_id

),

email_profiles as (

    select
        {{ sighting('klaviyo', 'person', 'email_profile_id', "'klaviyo.person:' || email_profile_id", {
            'email': 'email', 'phone': 'phone', 'first_name': 'first_name', 'last_name': 'last_name', 'address_line': 'address_line',
            'country_code': 'case when length(trim(country)) = 2 then upper(trim(country)) end', 'city': 'city',
            'postal_code': 'postal_code', 'birth_date': 'birth_date', 'first_seen_at': 'created_at',
            'observed_at': 'coalesce(updated_at, created_at)'
        }) }}
    from {{ ref('stg_klaviyo__people') }}

),

-- agents answer, they do not buy
helpdesk_users as (

    select
        {{ sighting('zendesk', 'user', 'helpdesk_user_id', "'zendesk.user:' || helpdesk_user_id", {
            'email': 'email', 'phone': 'phone', 'shop_customer_id': 'external_id', 'is_verified': 'is_verified',
            'first_name': "split_part(trim(full_name), ' ', 1)",
            'last_name': "substr(trim(full_name), length(split_part(trim(full_name), ' ', 1)) + 2)", 'first_seen_at': 'created_at',
            'observed_at': 'coalesce(updated_at, created_at)'
        }) }}
    from {{ ref('stg_zendesk__users') }}
    where user_role = 'end-user' or user_role is null

),

subscribers as (

    select
        {{ sighting('recharge', 'customer', 'subscriber_id', "'recharge.customer:' || subscriber_id", {
            'email': 'email', 'shop_customer_id': 'shop_customer_id', 'first_name': 'first_name', 'last_name': 'last_name',
            'first_seen_at': 'created_at', 'observed_at': 'coalesce(updated_at, created_at)'
        }) }}
    from {{ ref('stg_recharge__customers') }}

)

{% for source in ['shop_customers', 'crm_contacts', 'crm_merges', 'loyalty_members', 'email_profiles', 'helpdesk_users', 'subscribers'] %}
select * from {{ source }}
{{ 'union all' if not loop.last }}
{% endfor %}
