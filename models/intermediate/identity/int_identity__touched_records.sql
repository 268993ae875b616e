{{ config(materialized='table') }}

select
    grouped.record_id,
    grouped.record_key,
    grouped.first_seen_at,
    grouped.tied_group_id,
    grouped.group_id,
    grouped.matched_by,
    grouped.guard
from {{ ref('int_identity__grouped_records') }} as grouped
inner join {{ ref('int_identity__touched_groups') }} as touched
    on grouped.group_id = touched.group_id
