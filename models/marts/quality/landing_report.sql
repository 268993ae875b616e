with

files as (

    select * from {{ ref('int_landing__files') }}

),

reported as (

    select
        -- keys
        source_system,
        source_table,
        file_path,

        -- facts
        verdict,
        reason,
        file_bytes,
        content_sha256,
        cast(file_rows as bigint) as file_rows,
        cast(read_rows as bigint) as read_rows,
        added_columns,
        missing_columns,
        renamed_columns,
        retyped_columns
    from files

)

select * from reported
