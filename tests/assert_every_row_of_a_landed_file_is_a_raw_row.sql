-- what landing counted in the files is what the warehouse reads from them
with

landed as (

    select
        source_system,
        source_table,
        sum(read_rows) as landed_rows
    from {{ ref('landing_report') }}
    group by source_system, source_table

)

select
    landed.source_system,
    landed.source_table,
    landed.landed_rows,
    reconciliation.raw_rows
from landed
inner join {{ ref('reconciliation') }} as reconciliation
    on landed.source_system = reconciliation.source_system
    and landed.source_table = reconciliation.source_table
where landed.landed_rows <> reconciliation.raw_rows
