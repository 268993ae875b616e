with

source as (

    {{ newest_rows('klaviyo', 'flow') }}

),

renamed as (

    select
        -- keys
        id as flow_id,

        -- facts
        name as flow_name,
        trigger_type,
        status as flow_status,

        -- flags
        archived as is_archived,
        _fivetran_deleted as is_deleted,

        -- times
        created as created_at,
        updated as updated_at

    from source

)

select * from renamed
