-- depends_on: {{ ref('currencies') }}
with

source as (

    {{ newest_rows('pos', 'receipt') }}

),

renamed as (

    select
        -- keys
        receipt_id,
        store_id,
        loyalty_number,
        payment_card_token,
        original_receipt_id,

        -- facts
        customer_email as email,
        customer_phone as phone,
        upper(currency) as currency,
        gross_total as gross_amount,
        discount_total as discount_amount,
        tax_total as tax_amount,
        net_total as net_amount,

        -- flags
        is_return,

        -- times
        sold_at,
        updated_at

    from source

)

select * from renamed
