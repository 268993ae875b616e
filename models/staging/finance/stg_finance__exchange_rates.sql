-- depends_on: {{ ref('currencies') }}
with

source as (

    {{ newest_rows('finance', 'exchange_rate') }}

),

renamed as (

    select
        -- keys
        upper(from_currency) as from_currency,
        upper(to_currency) as to_currency,

        -- facts
        rate as exchange_rate,

        -- dates
        rate_date

    from source

)

select * from renamed
