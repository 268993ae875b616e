with

source as (

    {{ newest_rows('zendesk', 'ticket') }}

),

renamed as (

    select
        -- keys
        id as ticket_id,
        requester_id,
        submitter_id,
        assignee_id,
        external_id,

        -- facts
        via_channel as channel,
        type as ticket_type,
        priority,
        status as ticket_status,
        merged_ticket_ids,

        -- times
        created_at,
        due_at,
        updated_at

    from source

)

select * from renamed
