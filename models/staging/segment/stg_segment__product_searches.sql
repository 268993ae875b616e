with

source as (

    {{ newest_rows('segment', 'products_searched') }}

),

renamed as (

    select
        -- what all events share
        {{ event_columns() }},

        -- facts
        query as search_query

    from source

)

select * from renamed
