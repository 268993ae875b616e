with

sightings as (

    select * from {{ ref('int_identity__normalised_sightings') }}

),

unpivoted as (

    {{ identifiers_of('sightings') }}

)

select * from unpivoted
