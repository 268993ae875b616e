with

ties as (

    select
        ties.record_id,
        ties.identifier_type,
        ties.identifier_value,
        ties.owner,
        ties.priority,
        groups.group_id
    from {{ ref('int_identity__ties') }} as ties
    inner join {{ ref('int_identity__groups') }} as groups
        on ties.record_id = groups.record_id

),

-- what two records of one group still share after everything that was cut
holding as (

    select
        identifier_type,
        identifier_value,
        owner,
        group_id
    from ties
    group by identifier_type, identifier_value, owner, group_id
    having min(record_id) < max(record_id)

),

strongest as (

    select
        ties.record_id,
        min(ties.priority) as priority
    from ties
    inner join holding
        on ties.identifier_type = holding.identifier_type
        and ties.identifier_value = holding.identifier_value
        and ties.owner = holding.owner
        and ties.group_id = holding.group_id
    group by ties.record_id

)

select * from strongest
