with

spend as (

    select * from {{ ref('int_advertising__spend') }}

),

summed as (

    select
        -- keys
        platform,
        coalesce(currency, 'none') as currency,
        disposition,

        -- facts
        count(*) as campaign_days,
        {{ to_the_cent('sum(spend)') }} as spend
    from spend
    group by platform, coalesce(currency, 'none'), disposition

)

select * from summed
