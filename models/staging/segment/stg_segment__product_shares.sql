with

source as (

    {{ newest_rows('segment', 'product_shared') }}

),

renamed as (

    select
        -- what all events share
        {{ event_columns() }},

        -- keys
        product_id,

        -- facts
        lower(share_via) as share_channel

    from source

)

select * from renamed
