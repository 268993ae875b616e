{{ config(materialized='table') }}

with

sightings as (

    select sightings.*
    from {{ ref('int_identity__normalised_sightings') }} as sightings
    inner join {{ ref('int_identity__open_records') }} as opened
        on sightings.record_id = opened.record_id

),

identifiers as (

    {{ identifiers_of('sightings') }}

),

distinct_identifiers as (

    select
        identifiers.record_id,
        identifiers.identifier_type,
        identifiers.identifier_value,
        max(identifiers.said_by) = 'segment.identifies' as is_device,
        min(identifiers.first_seen_at) as first_seen_at,
        max(identifiers.last_seen_at) as last_seen_at
    from identifiers
    group by identifiers.record_id, identifiers.identifier_type, identifiers.identifier_value

)

select * from distinct_identifiers
