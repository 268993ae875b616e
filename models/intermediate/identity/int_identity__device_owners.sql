{{ config(materialized='table') }}

-- A device follows the people who sign in on it and ties nobody: else a tablet on which two sign in would make them one.
with

ties as (

    select * from {{ ref('int_identity__device_ties') }}

),

owned as (

    select
        record_id,
        min(group_id) as first_owner,
        max(group_id) as last_owner,
        count(distinct group_id) as owners,
        min(priority) as priority
    from ties
    where group_id is not null
    group by record_id

),

-- people of whom nothing else is known: devices with the same first identifier are one person's
firsts as (

    select
        ties.record_id,
        min(ties.identifier) as first_identifier
    from ties
    left join owned
        on ties.record_id = owned.record_id
    where owned.record_id is null
    group by ties.record_id

),

strangers as (

    select
        first_identifier,
        min(record_id) as group_id
    from firsts
    group by first_identifier

)

select
    record_id,
    case when owners = 1 then first_owner end as group_id,
    case when owners = 2 then first_owner end as first_owner,
    case when owners = 2 then last_owner end as last_owner,
    priority,
    case when owners > 1 then 'shared_device' end as guard
from owned

union all

select
    firsts.record_id,
    strangers.group_id,
    cast(null as bigint) as first_owner,
    cast(null as bigint) as last_owner,
    cast(null as bigint) as priority,
    cast(null as {{ dbt.type_string() }}) as guard
from firsts
inner join strangers
    on firsts.first_identifier = strangers.first_identifier
