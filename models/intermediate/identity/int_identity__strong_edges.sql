{{ config(materialized='table') }}

with

identifiers as (

    select * from {{ ref('int_identity__open_identifiers') }}
    where not is_device

),

strong_values as (

    select * from {{ ref('int_identity__value_use') }}
    where strength = 'strong' and unusable_reason is null and records > 1

),

first_records as (

    select
        identifiers.identifier_type,
        identifiers.identifier_value,
        min(identifiers.record_id) as record_id
    from identifiers
    inner join strong_values
        on identifiers.identifier_type = strong_values.identifier_type
        and identifiers.identifier_value = strong_values.identifier_value
    group by identifiers.identifier_type, identifiers.identifier_value

),

known as (

    select record_id from {{ ref('int_identity__normalised_sightings') }}
    where not is_gone

),

-- one that is gone can make nobody one with another
opened as (

    select record_id from {{ ref('int_identity__open_records') }}
    where record_id in (select known.record_id from known)

),

-- a star around the first record of each value: as connected as all pairs, and as many edges as records
edges as (

    select
        first_records.record_id as record_a,
        identifiers.record_id as record_b,
        rules.priority
    from first_records
    inner join identifiers
        on first_records.identifier_type = identifiers.identifier_type
        and first_records.identifier_value = identifiers.identifier_value
    inner join {{ ref('identifier_rules') }} as rules
        on first_records.identifier_type = rules.identifier_type
    where first_records.record_id <> identifiers.record_id

),

-- what people say goes before every identifier
decided as (

    select
        {{ record_id('record_a') }} as record_a,
        {{ record_id('record_b') }} as record_b,
        cast(0 as bigint) as priority
    from {{ ref('identity_overrides') }}
    where decision = 'same'

)

select * from edges

union all

select decided.*
from decided
inner join opened as a
    on decided.record_a = a.record_id
inner join opened as b
    on decided.record_b = b.record_id
