{{ config(materialized='table') }}

with

pairs as (

    select * from {{ ref('int_identity__fuzzy_pairs') }}

),

components as (

    select * from {{ ref('int_identity__fuzzy_components') }}

),

contradictions as (

    select * from {{ ref('int_identity__fuzzy_contradictions') }}

),

decided as (

    select
        pairs.record_a,
        pairs.record_b,
        pairs.probability,
        case
            when pairs.decision = 'accepted' and contradictions.component is not null then 'review'
            else pairs.decision
        end as decision,
        case
            when pairs.decision = 'accepted' and contradictions.component is not null
                then 'linked to others with whom it makes ' || contradictions.reason
            when pairs.refused_because is not null then pairs.refused_because
            when pairs.decision = 'review' then 'not sure enough'
            when pairs.decision = 'refused' then 'not likely enough'
        end as reason,
        pairs.evidence
    from pairs
    left join components
        on pairs.record_a = components.node and pairs.decision = 'accepted'
    left join contradictions
        on components.component = contradictions.component

)

select * from decided
