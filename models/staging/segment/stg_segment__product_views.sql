-- depends_on: {{ ref('currencies') }}
with

source as (

    {{ newest_rows('segment', 'product_viewed') }}

),

renamed as (

    select
        -- what all events share
        {{ event_columns() }},

        -- keys
        product_id,
        sku,
        cart_id,

        -- facts
        name as product_name,
        category as product_category,
        quantity,
        upper(currency) as currency,
        price as unit_price

    from source

)

select * from renamed
