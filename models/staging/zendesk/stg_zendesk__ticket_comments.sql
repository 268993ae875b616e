with

source as (

    {{ newest_rows('zendesk', 'ticket_comment') }}

),

renamed as (

    select
        -- keys
        id as ticket_comment_id,
        ticket_id,
        user_id as helpdesk_user_id,

        -- flags
        public as is_public,
        voice_comment as is_call,

        -- times
        created as created_at

    from source

)

select * from renamed
