{{ config(materialized='table') }}

with

identifiers as (

    select * from {{ ref('int_identity__identifiers') }}

),

opened as (

    select * from {{ ref('int_identity__open_records') }}

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
    inner join opened
        on identifiers.record_id = opened.record_id
    group by identifiers.record_id, identifiers.identifier_type, identifiers.identifier_value

)

select * from distinct_identifiers
