with

outcomes as (

    select * from {{ ref('int_landing__outcomes') }}
    where currency is not null

),

summed as (

    select
        source_system,
        source_table,
        currency,
        {{ of_outcome('amount', 'raw') }} as raw_amount,
        {{ of_outcome('amount', 'staged') }} as staged_amount,
        {{ of_outcome('amount', 'older_version') }} as older_version_amount,
        {{ of_outcome('amount', 'duplicate') }} as duplicate_amount,
        {{ of_outcome('amount', 'quarantined') }} as quarantined_amount,
        {{ of_outcome('amount', 'suppressed') }} as suppressed_amount
    from outcomes
    group by source_system, source_table, currency

),

balanced as (

    select
        -- keys
        source_system,
        source_table,
        currency,

        -- facts
        raw_amount,
        staged_amount,
        older_version_amount,
        duplicate_amount,
        quarantined_amount,
        suppressed_amount,
        cast(
            raw_amount - staged_amount - older_version_amount - duplicate_amount - quarantined_amount - suppressed_amount as decimal(18, 2)
        ) as unexplained_amount
    from summed

)

select * from balanced
