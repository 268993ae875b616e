{{ config(materialized='table') }}

with

carried as (

    select * from {{ ref('int_identity__core_values') }}

),

rules as (

    select * from {{ ref('identifier_rules') }}

),

-- names and birth dates at both ends of their order: where these agree, those between them do
extremes as (

    select
        identifier_type,
        identifier_value,
        count(distinct given_name) as given_names,
        min(given_name) as first_name,
        max(given_name) as last_name,
        min(birth_date) as first_birth_date,
        max(birth_date) as last_birth_date
    from carried
    group by identifier_type, identifier_value

),

contradictory as (

    select
        identifier_type,
        identifier_value,
        given_names
    from extremes
    where
        not {{ same_given_name('first_name', 'last_name') }}
        or not {{ same_birth_date('first_birth_date', 'last_birth_date') }}

),

-- when each of the people of such a value was seen with it
people as (

    select
        carried.identifier_type,
        carried.identifier_value,
        carried.given_name,
        min(carried.first_seen_at) as first_seen_at,
        max(carried.last_seen_at) as last_seen_at
    from carried
    inner join contradictory
        on carried.identifier_type = contradictory.identifier_type
        and carried.identifier_value = contradictory.identifier_value
    where carried.given_name is not null
    group by carried.identifier_type, carried.identifier_value, carried.given_name

),

owners as (

    select
        identifier_type,
        identifier_value,
        min(last_seen_at) as former_until,
        max(first_seen_at) as since,
        {{ dbt.datediff('min(last_seen_at)', 'max(first_seen_at)', 'day') }} as days_between
    from people
    group by identifier_type, identifier_value
    having count(*) = 2

),

judged as (

    select
        contradictory.identifier_type,
        contradictory.identifier_value,
        case
            when contradictory.given_names > rules.max_people then 'too_many_people'
        end as unusable_reason,
        case
            when contradictory.given_names > rules.max_people then null
            when owners.days_between >= rules.reassigned_after_days then 'time'
            else 'name'
        end as narrowed_by,
        owners.former_until,
        owners.since
    from contradictory
    inner join rules
        on contradictory.identifier_type = rules.identifier_type
    left join owners
        on contradictory.identifier_type = owners.identifier_type
        and contradictory.identifier_value = owners.identifier_value

)

select * from judged
