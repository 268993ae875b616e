-- depends_on: {{ ref('currencies') }}
with

source as (

    {{ newest_rows('google_ads', 'account_history') }}

),

renamed as (

    select
        -- keys
        'google_ads' as platform,
        id as account_id,

        -- facts
        descriptive_name as account_name,
        upper(currency_code) as currency,
        time_zone as timezone,

        -- flags
        test_account as is_test,

        -- times
        updated_at

    from source

)

select * from renamed
