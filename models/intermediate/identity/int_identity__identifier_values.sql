{{ config(materialized='table') }}

with

identifiers as (

    select * from {{ ref('int_identity__identifiers') }}

),

rules as (

    select * from {{ ref('identifier_rules') }}

),

blocked as (

    select * from {{ ref('blocked_identifiers') }}

),

-- the first record stands for the value: the others will be tied to it, not each to each
counted as (

    select
        identifier_type,
        identifier_value,
        count(*) as records,
        min(record_id) as first_record_id
    from identifiers
    group by identifier_type, identifier_value

),

-- only a value on many records can have many companions, so the join below stays small
frequent as (

    select
        counted.identifier_type,
        counted.identifier_value
    from counted
    inner join rules
        on counted.identifier_type = rules.identifier_type
    where counted.records > rules.max_companions

),

companions_by_type as (

    select
        frequent.identifier_type,
        frequent.identifier_value,
        count(distinct companions.identifier_value) as companions
    from frequent
    inner join identifiers
        on frequent.identifier_type = identifiers.identifier_type
        and frequent.identifier_value = identifiers.identifier_value
    inner join identifiers as companions
        on identifiers.record_id = companions.record_id
        and identifiers.identifier_type <> companions.identifier_type
    group by frequent.identifier_type, frequent.identifier_value, companions.identifier_type

),

most_companions as (

    select
        identifier_type,
        identifier_value,
        max(companions) as companions
    from companions_by_type
    group by identifier_type, identifier_value

),

judged as (

    select
        counted.identifier_type,
        counted.identifier_value,
        counted.records,
        coalesce(most_companions.companions, 0) as companions,
        counted.first_record_id,
        rules.priority,
        case
            when blocked.identifier_value is not null then 'blocked'
            when rules.identifier_type is null then 'no_rule'
            when counted.records > rules.max_records then 'too_many_records'
            when most_companions.companions > rules.max_companions then 'shared'
        end as unusable_reason
    from counted
    left join rules
        on counted.identifier_type = rules.identifier_type
    left join blocked
        on counted.identifier_type = blocked.identifier_type
        and counted.identifier_value = blocked.identifier_value
    left join most_companions
        on counted.identifier_type = most_companions.identifier_type
        and counted.identifier_value = most_companions.identifier_value

)

select * from judged
