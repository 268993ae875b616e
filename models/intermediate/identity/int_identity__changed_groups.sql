{{ config(materialized='table') }}
{%- set profiled = last_run_of('int_identity__profiles') %}
{%- set last = last_resolution([profiled]) if profiled %}

with

opened as (

    select
        record_id,
        group_id
    from {{ ref('int_identity__matched_records') }}
    {% if profiled %}
    where resolution > {{ last }}
    {% endif %}

),

changed as (

    select group_id
    from opened
    where group_id is not null
    {% if profiled %}

    union all

    -- one that is gone was named after a record of its own, which is another's now or gone, too; where a full refresh was killed, it is unknown
    select profiled.profile_id as group_id
    from {{ profiled }} as profiled
    where
        profiled.profile_id in (select opened.record_id from opened)
        or {{ made_anew_since(ref('int_identity__matched_records'), last) }}
    {% endif %}

)

select distinct
    group_id,
    (select max(matched.resolution) from {{ ref('int_identity__matched_records') }} as matched) as resolution
from changed
