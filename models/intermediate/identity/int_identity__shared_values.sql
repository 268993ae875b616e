with

identifiers as (

    select * from {{ ref('int_identity__open_identifiers') }}
    where not is_device

),

rules as (

    select * from {{ ref('identifier_rules') }}

),

-- a value can be seen with no more values than it has records, so only the frequent ones need the join below
frequent as (

    select
        identifier_type,
        identifier_value
    from identifiers
    group by identifier_type, identifier_value
    having count(*) > (select min(max_values_per_customer) from rules)

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

)

select * from shared
