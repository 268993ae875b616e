{{ config(materialized='table') }}

select grouped.*
from {{ ref('int_identity__grouped_records') }} as grouped
inner join {{ ref('int_identity__touched_groups') }} as touched
    on grouped.group_id = touched.group_id
