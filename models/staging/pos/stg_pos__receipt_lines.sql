with

source as (

    {{ newest_rows('pos', 'receipt_line') }}

),

renamed as (

    select
        -- keys
        receipt_id,
        line_no,
        sku,

        -- facts
        quantity,
        unit_price,
        discount_amount,
        tax_amount,
        line_total as line_amount

    from source

)

select * from renamed
