{{ config(materialized='table') }}
{%- set settled = last_run_of('int_identity__settled_records') if last_run_of('int_identity__registry') %}

with

grouped as (

    select
        record_id,
        group_id,
        matched_by,
        first_seen_at
    from {{ ref('int_identity__grouped_records') }}

),

-- where a record was and where it is now: both have something to say about whose id goes where
touched as (

    {% if settled %}
    select
        grouped.group_id,
        settled.group_id as former_group_id
    from grouped
    full outer join {{ settled }} as settled
        on grouped.record_id = settled.record_id
    where
        grouped.group_id is distinct from settled.group_id
        or grouped.matched_by is distinct from settled.matched_by
        or grouped.first_seen_at is distinct from settled.first_seen_at
    {% else %}
    select
        group_id,
        group_id as former_group_id
    from grouped
    {% endif %}

)

select group_id
from touched
where group_id is not null

union

select former_group_id as group_id
from touched
where former_group_id is not null
