{{ config(materialized='table') }}

with

records as (

    select
        *,
        source_system || '.' || source_table || ':' || source_key as record_key,
        {{ clean_text('email') }} as clean_email,
        {{ clean_text('second_email') }} as clean_second_email
    from {{ ref('int_identity__records_unioned') }}

),

providers as (

    select * from {{ ref('email_providers') }}

),

calling_codes as (

    select * from {{ ref('calling_codes') }}

),

normalised as (

    select
        {{ record_id('records.record_key') }} as record_id,
        records.record_key,
        records.source_system,
        records.source_table,
        records.source_key,
        case
            when {{ is_email('records.clean_email') }}
                then {{ canonical_email('records.clean_email', 'providers') }}
        end as email,
        case
            when {{ is_email('records.clean_second_email') }}
                then {{ canonical_email('records.clean_second_email', 'second_providers') }}
        end as second_email,
        {{ e164_phone('records.phone', 'calling_codes') }} as phone,
        upper({{ clean_text('records.loyalty_number') }}) as loyalty_number,
        records.shop_customer_id,
        records.crm_contact_id,
        records.payment_card,
        records.first_seen_at
    from records
    left join providers
        on split_part(records.clean_email, '@', 2) = providers.domain
    left join providers as second_providers
        on split_part(records.clean_second_email, '@', 2) = second_providers.domain
    left join calling_codes
        on coalesce(records.country_code, {{ default_country() }}) = calling_codes.country_code

)

select * from normalised
