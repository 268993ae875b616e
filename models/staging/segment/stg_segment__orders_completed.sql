-- depends_on: {{ ref('currencies') }}
with

source as (

    {{ newest_rows('segment', 'order_completed') }}

),

renamed as (

    select
        -- what all events share
        {{ event_columns() }},

        -- keys
        order_id,
        checkout_id,

        -- facts
        coupon as discount_code,
        upper(currency) as currency,
        total as total_amount,
        revenue as revenue_amount,
        discount as discount_amount

    from source

)

select * from renamed
