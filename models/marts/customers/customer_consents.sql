with

decided as (

    select * from {{ ref('int_consents__decided') }}

),

by_source as (

    select
        customer_id,
        purpose,
        channel,
        source_system || '.' || source_table as source_name,
        -- the last word, of one moment the no
        max(case when is_withdrawn then said_at end) as withdrawn_at,
        max(case when not is_withdrawn then said_at end) as granted_at
    from {{ ref('int_consents__heard') }}
    group by customer_id, purpose, channel, source_system, source_table

),

conflicting as (

    select
        by_source.customer_id,
        by_source.purpose,
        by_source.channel,
        {{ listed('by_source.source_name') }} as conflicting_sources
    from by_source
    inner join decided
        on by_source.customer_id = decided.customer_id
        and by_source.purpose = decided.purpose
        and by_source.channel = decided.channel
    where
        decided.is_withdrawn
        = (by_source.granted_at is not null and (by_source.withdrawn_at is null or by_source.granted_at > by_source.withdrawn_at))
    group by by_source.customer_id, by_source.purpose, by_source.channel

),

described as (

    select
        -- keys
        decided.customer_id,
        decided.purpose,
        decided.channel,

        -- facts
        case
            when not decided.is_withdrawn then 'granted'
            when decided.was_granted then 'withdrawn'
            else 'declined'
        end as consent_status,
        decided.source_system,
        decided.source_table,
        decided.source_key,
        conflicting.conflicting_sources,

        -- flags
        not decided.is_withdrawn as is_granted,

        -- times
        nullif(nullif(decided.said_at, timestamp '9999-12-31 00:00:00'), timestamp '1900-01-01 00:00:00') as decided_at
    from decided
    left join conflicting
        on decided.customer_id = conflicting.customer_id
        and decided.purpose = conflicting.purpose
        and decided.channel = conflicting.channel

)

select * from described
