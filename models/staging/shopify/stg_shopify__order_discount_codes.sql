with

source as (

    {{ newest_rows('shopify', 'order_discount_code') }}

),

renamed as (

    select
        -- keys
        order_id,
        index as code_position,

        -- facts
        code as discount_code,
        type as discount_type,
        amount as discount_amount

    from source

)

select * from renamed
