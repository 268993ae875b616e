with

charges as (

    select
        charges.charge_id,
        lower(charges.charge_status) <> 'error' as is_paid,
        {{ business_date('coalesce(charges.processed_at, charges.last_attempted_at)', 'shop.time_zone') }} as charged_date
    from {{ ref('stg_recharge__charges') }} as charges
    cross join {{ ref('int_subscriptions__shop') }} as shop
    where lower(charges.charge_status) in ('success', 'refunded', 'partially_refunded', 'error')

)

select * from charges
where charged_date <= {{ as_of_date() }}
