with

counts as (

    select * from {{ ref('stg_landing__row_counts') }}

),

staged as (

    select * from {{ ref('int_landing__staged_rows') }}

),

rejected as (

    select
        source_system,
        source_table,
        count(*) as quarantined_rows
    from {{ ref('stg_landing__rejected_rows') }}
    group by source_system, source_table

),

joined as (

    select
        counts.source_system,
        counts.source_table,
        counts.raw_rows,
        staged.staged_rows,
        counts.older_versions,
        counts.exact_duplicates,
        coalesce(rejected.quarantined_rows, 0) as quarantined_rows
    from counts
    inner join staged
        on counts.source_system = staged.source_system
        and counts.source_table = staged.source_table
    left join rejected
        on counts.source_system = rejected.source_system
        and counts.source_table = rejected.source_table

)

select * from joined
