-- depends_on: {{ ref('currencies') }}
with

source as (

    {{ newest_rows('shopify', 'transaction') }}

),

renamed as (

    select
        -- keys
        id as transaction_id,
        order_id,
        refund_id,

        -- facts
        kind,
        status,
        gateway,
        upper(currency) as currency,
        amount,

        -- flags
        test as is_test,

        -- times
        created_at,
        processed_at

    from source

)

select * from renamed
