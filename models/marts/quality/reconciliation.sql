with

outcomes as (

    select * from {{ ref('int_landing__outcomes') }}

),

summed as (

    select
        source_system,
        source_table,
        {{ of_outcome('row_count', 'raw') }} as raw_rows,
        {{ of_outcome('row_count', 'staged') }} as staged_rows,
        {{ of_outcome('row_count', 'older_version') }} as older_versions,
        {{ of_outcome('row_count', 'duplicate') }} as exact_duplicates,
        {{ of_outcome('row_count', 'quarantined') }} as quarantined_rows,
        {{ of_outcome('row_count', 'suppressed') }} as suppressed_rows
    from outcomes
    group by source_system, source_table

),

balanced as (

    select
        -- keys
        source_system,
        source_table,

        -- facts
        raw_rows,
        staged_rows,
        older_versions,
        exact_duplicates,
        quarantined_rows,
        suppressed_rows,
        raw_rows - staged_rows - older_versions - exact_duplicates - quarantined_rows - suppressed_rows as unexplained_rows
    from summed

)

select * from balanced
