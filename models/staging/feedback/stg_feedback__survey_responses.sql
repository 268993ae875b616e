with

source as (

    {{ newest_rows('feedback', 'survey_response') }}

),

renamed as (

    select
        -- keys
        response_id,

        -- facts
        email,
        lower(survey) as survey,
        score,

        -- flags
        comment is not null as has_comment,

        -- times
        responded_at

    from source

)

select * from renamed
