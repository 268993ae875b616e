{{ config(materialized='table') }}

with

ties as (

    select * from {{ ref('int_identity__ties') }}
    where strength = 'weak'

),

first_cores as (

    select
        identifier_type,
        identifier_value,
        owner,
        min(core_id) as core_id
    from ties
    group by identifier_type, identifier_value, owner
    having min(core_id) < max(core_id)

),

edges as (

    select distinct
        first_cores.core_id as core_a,
        ties.core_id as core_b,
        ties.priority
    from first_cores
    inner join ties
        on first_cores.identifier_type = ties.identifier_type
        and first_cores.identifier_value = ties.identifier_value
        and first_cores.owner = ties.owner
    where first_cores.core_id <> ties.core_id

)

select * from edges
