with

sightings as (

    select * from {{ ref('int_identity__normalised_sightings') }}
    where not is_gone

),

opened as (

    select * from {{ ref('int_identity__open_records') }}

),

records as (

    select
        sightings.record_id,
        min(sightings.record_key) as record_key,
        min(sightings.first_seen_at) as first_seen_at
    from sightings
    inner join opened
        on sightings.record_id = opened.record_id
    group by sightings.record_id

),

keyed as (

    select
        record_id,
        record_key,
        split_part(record_key, '.', 1) as source_system,
        split_part(split_part(record_key, ':', 1), '.', 2) as source_table,
        substr(record_key, instr(record_key, ':') + 1) as source_key,
        first_seen_at
    from records

)

select * from keyed
