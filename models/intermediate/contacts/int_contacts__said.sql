with

sightings as (

    select
        *,
        {{ record_id("source_system || '.' || source_table || ':' || source_key") }} as sighting_id
    from {{ ref('int_identity__sightings') }}

),

said as (

    select
        records.customer_id,
        sightings.source_system,
        sightings.source_table,
        sightings.source_key,
        nullif({{ trimmed('sightings.first_name') }}, '') as first_name,
        nullif({{ trimmed('sightings.last_name') }}, '') as last_name,
        nullif({{ trimmed('sightings.email') }}, '') as email,
        nullif({{ trimmed('sightings.second_email') }}, '') as second_email,
        nullif({{ trimmed('sightings.phone') }}, '') as phone,
        nullif({{ trimmed('sightings.address_line') }}, '') as address_line,
        nullif({{ trimmed('sightings.city') }}, '') as city,
        nullif({{ trimmed('sightings.postal_code') }}, '') as postal_code,
        sightings.country_code,
        sightings.birth_date,
        coalesce(sightings.is_verified, false) as is_verified,
        case
            when coalesce(normalised.given_name, normalised.family_name) is not null
                then coalesce(normalised.given_name, '') || '|' || coalesce(normalised.family_name, '')
        end as name_key,
        normalised.email as email_key,
        normalised.second_email as second_email_key,
        normalised.phone as phone_key,
        normalised.street || '|' || coalesce(normalised.postal_code, normalised.city, '') as address_key,
        sightings.first_seen_at,
        sightings.observed_at
    from sightings
    inner join {{ ref('int_identity__normalised_sightings') }} as normalised
        on sightings.sighting_id = normalised.sighting_id
    inner join {{ ref('int_identity__resolved_records') }} as records
        on normalised.record_id = records.record_id

)

{{ said_field('name', 'name_key', "concat_ws(' ', first_name, last_name)", ['first_name', 'last_name']) }}

union all

{{ said_field('email', 'email_key', 'email', []) }}

union all

-- a second address that is the first again is said once
{{ said_field('email', 'nullif(second_email_key, email_key)', 'second_email', [], is_first=false) }}

union all

{{ said_field('phone', 'phone_key', 'phone', []) }}

union all

{{ said_field('address', 'address_key',
    "concat_ws(', ', address_line, nullif(concat_ws(' ', postal_code, city), ''), country_code)",
    ['address_line', 'city', 'postal_code', 'country_code']) }}

union all

{{ said_field('birth_date', 'cast(birth_date as ' ~ dbt.type_string() ~ ')', 'cast(birth_date as ' ~ dbt.type_string() ~ ')', []) }}
