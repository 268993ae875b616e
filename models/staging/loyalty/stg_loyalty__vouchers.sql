-- depends_on: {{ ref('currencies') }}
with

source as (

    {{ newest_rows('loyalty', 'voucher') }}

),

renamed as (

    select
        -- keys
        voucher_id,
        member_id,
        order_reference,

        -- facts
        campaign as campaign_name,
        lower(kind) as voucher_kind,
        upper(currency) as currency,
        face_value,
        minimum_order as minimum_order_amount,

        -- times
        issued_at,
        redeemed_at,
        expires_at

    from source

)

select * from renamed
