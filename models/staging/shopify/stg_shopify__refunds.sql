with

source as (

    {{ newest_rows('shopify', 'refund') }}

),

renamed as (

    select
        -- keys
        id as refund_id,
        order_id,

        -- flags
        restock as is_restocked,

        -- times
        created_at as refunded_at

    from source

)

select * from renamed
