with

source as (

    {{ newest_rows('recharge', 'charge') }}

),

renamed as (

    select
        -- keys
        id as charge_id,
        customer_id as subscriber_id,
        address_id,
        external_order_id_ecommerce as order_id,

        -- facts
        type as charge_type,
        status as charge_status,
        error_type,
        charge_attempts,
        payment_processor,
        total_line_items_price as line_items_amount,
        total_discounts as discount_amount,
        subtotal_price as subtotal_amount,
        total_tax as tax_amount,
        total_price as total_amount,
        total_refunds as refund_amount,

        -- times
        scheduled_at,
        last_charge_attempt_date as last_attempted_at,
        processed_at,
        created_at,
        updated_at

    from source

)

select * from renamed
