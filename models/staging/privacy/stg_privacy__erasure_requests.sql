with

source as (

    {{ newest_rows('privacy', 'erasure_request') }}

),

renamed as (

    select
        -- keys
        request_id as erasure_request_id,
        lower(identifier_type) as identifier_type,
        identifier_value,

        -- times
        requested_at

    from source

)

select * from renamed
