-- depends_on: {{ ref('currencies') }}
with

source as (

    {{ newest_rows('segment', 'checkout_started') }}

),

renamed as (

    select
        -- what all events share
        {{ event_columns() }},

        -- keys
        checkout_id,
        cart_id,

        -- facts
        upper(currency) as currency,
        value as total_amount

    from source

)

select * from renamed
