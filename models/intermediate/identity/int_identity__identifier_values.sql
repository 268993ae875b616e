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

-- a value can be seen with no more values than it has records, so only the frequent ones need the join below
frequent as (

    select
        identifier_type,
        identifier_value
    from counted
    where records > (select min(max_values_per_customer) from rules)

),

companions as (

    select
        frequent.identifier_type,
        frequent.identifier_value,
        neighbours.identifier_type as companion_type,
        count(distinct neighbours.identifier_value) as companions
    from frequent
    inner join identifiers
        on frequent.identifier_type = identifiers.identifier_type
        and frequent.identifier_value = identifiers.identifier_value
    inner join identifiers as neighbours
        on identifiers.record_id = neighbours.record_id
        and identifiers.identifier_type <> neighbours.identifier_type
    group by frequent.identifier_type, frequent.identifier_value, neighbours.identifier_type

),

-- one phone, five e-mails: more than one person has
shared as (

    select distinct
        companions.identifier_type,
        companions.identifier_value
    from companions
    inner join rules
        on companions.companion_type = rules.identifier_type
    where companions.companions > rules.max_values_per_customer

),

judged as (

    select
        counted.identifier_type,
        counted.identifier_value,
        counted.records,
        counted.first_record_id,
        rules.priority,
        case
            when blocked.identifier_value is not null then 'blocked'
            when rules.identifier_type is null then 'no_rule'
            when counted.records > rules.max_records then 'too_many_records'
            when shared.identifier_value is not null then 'shared'
        end as unusable_reason
    from counted
    left join rules
        on counted.identifier_type = rules.identifier_type
    left join blocked
        on counted.identifier_type = blocked.identifier_type
        and counted.identifier_value = blocked.identifier_value
    left join shared
        on counted.identifier_type = shared.identifier_type
        and counted.identifier_value = shared.identifier_value

)

select * from judged
