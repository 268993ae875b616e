with

files as (

    select * from {{ ref('stg_landing__files') }}

),

read_rows as (

    select
        source_system,
        source_table,
        file_path,
        verdict,
        reason,
        file_bytes,
        content_sha256,
        file_rows,
        case when verdict = 'landed' then file_rows else 0 end as read_rows,
        added_columns,
        missing_columns,
        renamed_columns,
        retyped_columns
    from files

)

select * from read_rows
