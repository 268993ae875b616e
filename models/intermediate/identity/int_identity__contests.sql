{{ config(materialized='table') }}

with

opened as (

    select * from {{ ref('int_identity__open_records') }}

),

strong_groups as (

    select * from {{ ref('int_identity__strong_groups') }}

),

core_groups as (

    select * from {{ ref('int_identity__core_groups') }}

),

cores as (

    select * from {{ ref('int_identity__cores') }}

),

grouped as (

    select
        opened.record_id,
        coalesce(core_groups.component, strong_groups.component, opened.record_id) as group_id
    from opened
    left join strong_groups
        on opened.record_id = strong_groups.node
    left join core_groups
        on coalesce(strong_groups.component, opened.record_id) = core_groups.node

),

-- two records of one group of which somebody says that they are two people
not_same as (

    select
        a.group_id,
        a.record_id as record_a,
        b.record_id as record_b
    from {{ ref('identity_overrides') }} as overrides
    inner join grouped as a
        on {{ record_id('overrides.record_a') }} = a.record_id
    inner join grouped as b
        on {{ record_id('overrides.record_b') }} = b.record_id
    where overrides.decision = 'not_same' and a.group_id = b.group_id

),

-- each loyalty member with a name and a birth date stands for a person
members as (

    select
        coalesce(core_groups.component, cores.core_id) as group_id,
        cores.core_id,
        cores.given_name,
        cores.birth_date
    from cores
    left join core_groups
        on cores.core_id = core_groups.node
    where cores.loyalty_number is not null and cores.given_name is not null and cores.birth_date is not null

),

conflicts as (

    select group_id
    from members
    group by group_id
    having
        not {{ same_given_name('min(given_name)', 'max(given_name)') }}
        and not {{ same_birth_date('min(birth_date)', 'max(birth_date)') }}

),

seeds as (

    select distinct
        group_id,
        record_a as record_id,
        record_a as person,
        'override' as guard
    from not_same

    union

    select distinct
        group_id,
        record_b as record_id,
        record_b as person,
        'override' as guard
    from not_same

    union

    -- members of one name and birth date are one person; what people decided settles a group
    select
        members.group_id,
        members.core_id as record_id,
        min(members.core_id) over (partition by members.group_id, members.given_name, members.birth_date) as person,
        'conflict' as guard
    from members
    inner join conflicts
        on members.group_id = conflicts.group_id
    where members.group_id not in (select not_same.group_id from not_same)

)

select * from seeds
