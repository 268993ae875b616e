with

source as (

    {{ newest_rows('klaviyo', 'metric') }}

),

renamed as (

    select
        -- keys
        id as metric_id,

        -- facts
        name as metric_name,
        integration_name,

        -- flags
        _fivetran_deleted as is_deleted,

        -- times
        created as created_at,
        updated as updated_at

    from source

)

select * from renamed
