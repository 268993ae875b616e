{{ config(materialized='table') }}

with

-- the columns by which the best row is found come first
ranked as (

    select
        coalesce(-preferences.priority, -1000) as standing,
        coalesce(preferences.verified_first and said.is_verified, false) as is_preferred,
        coalesce(said.observed_at, timestamp '1900-01-01 00:00:00') as ranked_at,
        said.is_first,
        said.source_system,
        said.source_table,
        said.source_key,
        said.customer_id,
        said.field,
        said.value_key,
        said.value,
        said.first_name,
        said.last_name,
        said.address_line,
        said.city,
        said.postal_code,
        said.country_code,
        said.first_seen_at,
        said.observed_at
    from {{ ref('int_contacts__said') }} as said
    left join {{ ref('golden_record_policy') }} as preferences
        on said.field = preferences.field
        and said.source_system = preferences.source_system
        and said.source_table = preferences.source_table

),

-- several spellings of a value are one value, written as the best of its sources wrote it
grouped as (

    select
        customer_id,
        field,
        value_key,
        max({{ whole_row('ranked') }}) as best,
        count(*) as times_seen,
        min(first_seen_at) as first_seen_at,
        max(observed_at) as last_said_at
    from ranked
    group by customer_id, field, value_key

),

judged as (

    select
        -- the columns by which the golden value is found come first
        identifiers.unusable_reason is null as is_usable,
        {{ fields_of('grouped.best', ['standing', 'is_preferred', 'ranked_at', 'is_first']) }},
        grouped.value_key,
        grouped.customer_id,
        grouped.field,
        {{ fields_of('grouped.best', [
            'value', 'first_name', 'last_name', 'address_line', 'city', 'postal_code', 'country_code', 'source_system', 'source_table',
            'source_key', 'observed_at'
        ]) }},
        grouped.times_seen,
        grouped.first_seen_at,
        grouped.last_said_at,
        identifiers.unusable_reason
    from grouped
    left join {{ ref('int_identity__identifier_values') }} as identifiers
        on grouped.field = identifiers.identifier_type
        and grouped.value_key = identifiers.identifier_value

)

select * from judged
