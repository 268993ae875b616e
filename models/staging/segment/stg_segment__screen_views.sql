with

source as (

    {{ newest_rows('segment', 'screens') }}

),

renamed as (

    select
        -- what all events share
        {{ event_columns() }},

        -- facts
        name as screen_name

    from source

)

select * from renamed
