-- depends_on: {{ ref('currencies') }}
with

source as (

    {{ newest_rows('loyalty', 'reward_redemption') }}

),

renamed as (

    select
        -- keys
        redemption_id,
        member_id,
        order_reference,

        -- facts
        reward_code,
        points_spent,
        upper(currency) as currency,
        value_amount,

        -- times
        redeemed_at

    from source

)

select * from renamed
