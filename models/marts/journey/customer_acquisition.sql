with

customers as (

    select * from {{ ref('int_acquisition__customers') }}

),

described as (

    select
        -- keys
        customer_id,
        first_order_id,
        first_product_id,

        -- facts
        acquisition_channel,
        acquisition_source,
        acquisition_campaign,
        first_order_channel,
        first_product_name,
        first_product_type,
        country_code,

        -- flags
        acquisition_touch_at is not null as is_touch_known,

        -- dates
        first_order_date,
        first_order_month,

        -- times
        acquisition_touch_at
    from customers

)

select * from described
