with

source as (

    {{ newest_rows('loyalty', 'referral') }}

),

renamed as (

    select
        -- keys
        referral_id,
        referrer_member_id,
        order_reference,

        -- facts
        referee_email,

        -- times
        sent_at,
        converted_at

    from source

)

select * from renamed
