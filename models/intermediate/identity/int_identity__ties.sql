{{ config(materialized='table') }}

with

identifiers as (

    select * from {{ ref('int_identity__open_identifiers') }}
    where not is_device

),

values_in_use as (

    select * from {{ ref('int_identity__value_use') }}
    where unusable_reason is null

),

verdicts as (

    select * from {{ ref('int_identity__weak_verdicts') }}

),

strong_groups as (

    select * from {{ ref('int_identity__strong_groups') }}

),

cores as (

    select * from {{ ref('int_identity__cores') }}

),

placed as (

    select
        identifiers.record_id,
        identifiers.identifier_type,
        identifiers.identifier_value,
        values_in_use.strength,
        values_in_use.priority,
        coalesce(strong_groups.component, identifiers.record_id) as core_id,
        verdicts.unusable_reason,
        case
            when verdicts.narrowed_by is null then ''
            when verdicts.narrowed_by = 'name' then cores.given_name || ' ' || cores.family_name
            -- seen between two owners it may be either's
            when identifiers.last_seen_at <= verdicts.former_until then 'former'
            when identifiers.first_seen_at >= verdicts.since then 'since'
        end as owner
    from identifiers
    inner join values_in_use
        on identifiers.identifier_type = values_in_use.identifier_type
        and identifiers.identifier_value = values_in_use.identifier_value
    left join verdicts
        on identifiers.identifier_type = verdicts.identifier_type
        and identifiers.identifier_value = verdicts.identifier_value
    left join strong_groups
        on identifiers.record_id = strong_groups.node
    left join cores
        on coalesce(strong_groups.component, identifiers.record_id) = cores.core_id

),

ties as (

    select
        record_id,
        core_id,
        identifier_type,
        identifier_value,
        owner,
        strength,
        priority
    from placed
    where unusable_reason is null and owner is not null

)

select * from ties
