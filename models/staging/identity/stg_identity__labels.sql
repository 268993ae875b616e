with

source as (

    {{ newest_rows('identity', 'label') }}

),

renamed as (

    select
        -- keys
        source_system,
        source_table,
        source_key,
        person_id

    from source

)

select * from renamed
