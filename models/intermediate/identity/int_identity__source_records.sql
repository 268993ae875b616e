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

)

select * from records
