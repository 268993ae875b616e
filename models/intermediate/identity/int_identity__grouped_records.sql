with

records as (

    select * from {{ ref('int_identity__source_records') }}

),

groups as (

    select * from {{ ref('int_identity__groups') }}

),

grouped as (

    select
        records.record_id,
        records.record_key,
        coalesce(groups.component, records.record_id) as group_id
    from records
    left join groups
        on records.record_id = groups.node

)

select * from grouped
