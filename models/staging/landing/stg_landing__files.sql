with

source as (

    select * from {{ source('landing', 'file') }}

),

renamed as (

    select
        -- keys
        {{ adapter.quote('system') }} as source_system,
        {{ adapter.quote('table') }} as source_table,
        {{ adapter.quote('file') }} as file_path,

        -- facts
        verdict,
        nullif(reason, '') as reason,
        bytes as file_bytes,
        nullif(sha256, '') as content_sha256,
        {{ adapter.quote('rows') }} as file_rows,
        nullif(added_columns, '') as added_columns,
        nullif(missing_columns, '') as missing_columns,
        nullif(renamed_columns, '') as renamed_columns,
        nullif(retyped_columns, '') as retyped_columns
    from source

)

select * from renamed
