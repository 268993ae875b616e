{{
    config(
        materialized='incremental' if target.type == 'duckdb' else 'table',
        incremental_strategy='delete+insert',
        unique_key='sighting_id',
        on_schema_change='fail'
    )
}}
{%- set this_run = resolution() %}
{%- set said = [
    'record_key', 'email', 'second_email', 'phone', 'country_code', 'loyalty_number', 'shop_customer_id', 'crm_contact_id', 'payment_card',
    'order_reference', 'national_id', 'first_name', 'last_name', 'birth_date', 'address_line', 'city', 'postal_code', 'first_seen_at', 'observed_at'
] %}

-- Reading spellings is the dear part of identity, so a row is read again only when it, or a rule of reading, has changed.
with

sightings as (

    select
        sightings.*,
        {{ fingerprint(['source_system', 'source_table', 'source_key'] + said + ['digests.normalising_digest', default_country()]) }} as fingerprint
    from {{ ref('int_identity__sightings') }} as sightings
    cross join {{ ref('int_identity__rule_digests') }} as digests

),

changed as (

    {{ changed_sightings('sightings', said, this_run) }}

),

cleaned as (

    select
        changed.*,
        {{ clean_text('changed.email') }} as clean_email,
        {{ clean_text('changed.second_email') }} as clean_second_email
    from changed

),

providers as (

    select * from {{ ref('email_providers') }}

),

normalised as (

    select
        {{ record_id("changed.said_by || ':' || changed.source_key") }} as sighting_id,
        changed.fingerprint,
        changed.said_by,
        changed.source_key,
        {{ record_id('changed.record_key') }} as record_id,
        changed.record_key,
        case
            when {{ is_email('changed.clean_email') }}
                then {{ canonical_email('changed.clean_email', 'providers') }}
        end as email,
        case
            when {{ is_email('changed.clean_second_email') }}
                then {{ canonical_email('changed.clean_second_email', 'second_providers') }}
        end as second_email,
        {{ e164_phone('changed.phone', 'calling_codes') }} as phone,
        upper({{ clean_text('changed.loyalty_number') }}) as loyalty_number,
        changed.shop_customer_id,
        changed.crm_contact_id,
        changed.payment_card,
        changed.order_reference,
        upper({{ clean_text('changed.national_id') }}) as national_id,
        {{ clean_name('changed.first_name') }} as given_name,
        {{ clean_name('changed.last_name') }} as family_name,
        changed.birth_date,
        {{ clean_street('changed.address_line') }} as street,
        {{ clean_street('changed.city') }} as city,
        {{ clean_postal_code('changed.postal_code') }} as postal_code,
        changed.country_code,
        changed.first_seen_at,
        changed.observed_at,
        changed.is_gone,
        changed.former_record_id,
        cast({{ this_run }} as bigint) as resolution
    from cleaned as changed
    left join providers
        on split_part(changed.clean_email, '@', 2) = providers.domain
    left join providers as second_providers
        on split_part(changed.clean_second_email, '@', 2) = second_providers.domain
    left join {{ ref('calling_codes') }} as calling_codes
        on coalesce(changed.country_code, {{ default_country() }}) = calling_codes.country_code

)

select * from normalised
