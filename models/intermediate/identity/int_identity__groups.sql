{{ config(materialized='table') }}

with

opened as (

    select * from {{ ref('int_identity__open_records') }}

),

strong_groups as (

    select * from {{ ref('int_identity__strong_groups') }}

),

-- but for those that somebody gave to a customer
devices as (

    select distinct identifiers.record_id
    from {{ ref('int_identity__open_identifiers') }} as identifiers
    left join strong_groups
        on identifiers.record_id = strong_groups.node
    where identifiers.is_device and strong_groups.node is null

),

core_groups as (

    select * from {{ ref('int_identity__core_groups') }}

),

parted as (

    select * from {{ ref('int_identity__parted_groups') }}

),

contests as (

    select
        group_id,
        min(guard) as guard
    from {{ ref('int_identity__contests') }}
    group by group_id

),

grouped as (

    select
        opened.record_id,
        coalesce(core_groups.component, strong_groups.component, opened.record_id) as joined_id
    from opened
    left join strong_groups
        on opened.record_id = strong_groups.node
    left join core_groups
        on coalesce(strong_groups.component, opened.record_id) = core_groups.node
    where opened.record_id not in (select devices.record_id from devices)

),

settled as (

    select
        grouped.record_id,
        coalesce(parted.component, grouped.joined_id) as group_id,
        contests.guard
    from grouped
    left join parted
        on grouped.record_id = parted.node
    left join contests
        on grouped.joined_id = contests.group_id

)

select * from settled
