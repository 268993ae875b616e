{{ config(materialized='seeded_regions') }}

with

contests as (

    select * from {{ ref('int_identity__contests') }}

),

contested as (

    select distinct group_id
    from contests

),

strong_groups as (

    select * from {{ ref('int_identity__strong_groups') }}

),

core_groups as (

    select * from {{ ref('int_identity__core_groups') }}

),

edges as (

    select
        record_a,
        record_b,
        priority
    from {{ ref('int_identity__strong_edges') }}

    union all

    -- the first record of a core stands for it
    select
        core_a as record_a,
        core_b as record_b,
        priority
    from {{ ref('int_identity__core_edges') }}

),

grouped_edges as (

    select
        edges.*,
        coalesce(core_groups.component, strong_groups.component, edges.record_a) as group_id
    from edges
    left join strong_groups
        on edges.record_a = strong_groups.node
    left join core_groups
        on coalesce(strong_groups.component, edges.record_a) = core_groups.node

)

select
    grouped_edges.record_a as a,
    grouped_edges.record_b as b,
    grouped_edges.priority,
    cast(null as bigint) as person
from grouped_edges
inner join contested
    on grouped_edges.group_id = contested.group_id

union all

select
    record_id as a,
    record_id as b,
    cast(null as bigint) as priority,
    person
from contests
