with

source as (

    {{ newest_rows('segment', 'pages') }}

),

renamed as (

    select
        -- what all events share
        {{ event_columns(is_page_view=true) }},

        -- facts
        name as page_name,
        scroll_depth

    from source

)

select * from renamed
