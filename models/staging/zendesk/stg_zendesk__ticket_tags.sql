with

source as (

    {{ newest_rows('zendesk', 'ticket_tag') }}

),

renamed as (

    select
        -- keys
        ticket_id,
        tag,

        -- times
        _fivetran_synced as updated_at

    from source

)

select * from renamed
