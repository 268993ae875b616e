{{ config(materialized='table') }}

with

opened as (

    select * from {{ ref('int_identity__open_records') }}

),

sightings as (

    select * from {{ ref('int_identity__normalised_sightings') }}
    where not is_gone and said_by <> 'segment.identifies'

),

strong_groups as (

    select * from {{ ref('int_identity__strong_groups') }}

),

-- an order may be sent to a friend, so its name counts only where nothing better is known
people as (

    select
        coalesce(strong_groups.component, opened.record_id) as core_id,
        coalesce(
            min(case when sightings.said_by <> 'shopify.order' then sightings.given_name end), min(sightings.given_name)
        ) as given_name,
        coalesce(
            min(case when sightings.said_by <> 'shopify.order' then sightings.family_name end), min(sightings.family_name)
        ) as family_name,
        min(sightings.birth_date) as birth_date,
        min(sightings.loyalty_number) as loyalty_number
    from opened
    inner join sightings
        on opened.record_id = sightings.record_id
    left join strong_groups
        on opened.record_id = strong_groups.node
    group by coalesce(strong_groups.component, opened.record_id)

)

select * from people
