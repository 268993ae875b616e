with

source as (

    {{ newest_rows('segment', 'identifies') }}

),

renamed as (

    select
        -- what all events share
        {{ event_columns() }},

        -- facts
        email,
        phone,
        first_name,
        last_name

    from source

)

select * from renamed
