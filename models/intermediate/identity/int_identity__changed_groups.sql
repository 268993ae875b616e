{{ config(materialized='table') }}
{%- set profiled = last_run_of('int_identity__profiles') %}

with

matched as (

    select * from {{ ref('int_identity__matched_records') }}

),

opened as (

    select
        record_id,
        group_id
    from matched
    {% if profiled %}
    where resolution > {{ last_resolution(profiled) }}
    {% endif %}

),

changed as (

    select group_id
    from opened
    where group_id is not null
    {% if profiled %}

    union all

    -- one that is gone was called by a record of its own, which was opened with the others; where a full refresh was killed, it is unknown
    select profiled.profile_id as group_id
    from {{ profiled }} as profiled
    where
        profiled.profile_id in (select opened.record_id from opened)
        or {{ made_anew_since('matched', profiled) }}
    {% endif %}

)

select distinct
    group_id,
    (select max(matched.resolution) from matched) as resolution
from changed
