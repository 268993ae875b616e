with

source as (

    {{ newest_rows('feedback', 'review') }}

),

renamed as (

    select
        -- keys
        review_id,
        sku,
        order_reference,

        -- facts
        email,
        rating,

        -- flags
        body is not null as has_text,

        -- times
        created_at as reviewed_at

    from source

)

select * from renamed
