select * from {{ ref('int_identity__profile_sightings') }}

union all

select * from {{ ref('int_identity__purchase_sightings') }}

union all

select * from {{ ref('int_identity__event_sightings') }}
