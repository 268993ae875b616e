with

source as (

    {{ newest_rows('segment', 'experiment_viewed') }}

),

renamed as (

    select
        -- what all events share
        {{ event_columns() }},

        -- keys
        experiment_id,
        variation_id,

        -- facts
        experiment_name,
        variation_name

    from source

)

select * from renamed
