with

tables as (

    select * from {{ ref('int_landing__reconciled') }}

),

balanced as (

    select
        -- keys
        source_system,
        source_table,

        -- facts
        cast(raw_rows as bigint) as raw_rows,
        cast(staged_rows as bigint) as staged_rows,
        cast(older_versions as bigint) as older_versions,
        cast(exact_duplicates as bigint) as exact_duplicates,
        cast(quarantined_rows as bigint) as quarantined_rows,
        cast(raw_rows - staged_rows - older_versions - exact_duplicates - quarantined_rows as bigint) as unexplained_rows
    from tables

)

select * from balanced
