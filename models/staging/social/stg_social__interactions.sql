with

source as (

    {{ newest_rows('social', 'interaction') }}

),

renamed as (

    select
        -- keys
        interaction_id,
        post_id,

        -- facts
        lower(network) as network,
        handle,
        email,
        lower(interaction_type) as interaction_type,

        -- times
        occurred_at

    from source

)

select * from renamed
