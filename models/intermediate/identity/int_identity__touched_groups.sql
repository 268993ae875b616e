{{ config(materialized='table') }}
{%- set settled = last_run_of('int_identity__settled_records') if last_run_of('int_identity__registry') %}
{%- set last = last_resolution([settled]) if settled %}

-- depends_on: {{ ref('int_identity__relinked_groups') }}
with

grouped as (

    select
        record_id,
        group_id,
        matched_by,
        first_seen_at,
        resolution
    from {{ ref('int_identity__grouped_records') }}

),

{% if settled %}
opened as (

    select record_id
    from {{ ref('int_identity__matched_records') }}
    where resolution > {{ last }}

),

grouped_now as (

    select grouped.*
    from grouped
    where resolution > {{ last }}

),

-- where a record was and where it is now: both have something to say about whose id goes where
moved as (

    select
        grouped_now.group_id,
        settled.group_id as former_group_id
    from opened
    left join grouped_now
        on opened.record_id = grouped_now.record_id
    left join {{ settled }} as settled
        on opened.record_id = settled.record_id
    where
        grouped_now.group_id is distinct from settled.group_id
        or grouped_now.matched_by is distinct from settled.matched_by
        or grouped_now.first_seen_at is distinct from settled.first_seen_at

),

touched as (

    select group_id from moved

    union all

    select former_group_id as group_id from moved

    union all

    select group_id from {{ ref('int_identity__relinked_groups') }}

    union all

    select former_group_id as group_id from {{ ref('int_identity__relinked_groups') }}

    union all

    -- where a full refresh was killed, nothing else tells who is gone
    select group_id
    from {{ settled }}
    where {{ made_anew_since(ref('int_identity__matched_records'), last) }}

)
{% else %}
touched as (

    select group_id from grouped

)
{% endif %}

select distinct
    group_id,
    (select max(matched.resolution) from {{ ref('int_identity__matched_records') }} as matched) as resolution
from touched
where group_id is not null
