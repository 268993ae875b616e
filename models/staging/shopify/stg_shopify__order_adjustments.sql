with

source as (

    {{ newest_rows('shopify', 'order_adjustment') }}

),

renamed as (

    select
        -- keys
        id as order_adjustment_id,
        order_id,
        refund_id,

        -- facts
        kind,
        reason,
        amount as adjustment_amount,
        tax_amount

    from source

)

select * from renamed
