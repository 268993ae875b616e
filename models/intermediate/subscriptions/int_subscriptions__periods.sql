with

changes as (

    select * from {{ ref('int_subscriptions__changes') }}
    where change_type in ('new', 'reactivated', 'cancelled', 'payment_failed', 'expired')

),

-- beginnings and ends take turns
followed as (

    select
        *,
        lead(change_type) over (partition by subscription_id order by version) as end_reason,
        lead(changed_date) over (partition by subscription_id order by version) as ended_date,
        lead(changed_at) over (partition by subscription_id order by version) as ended_at
    from changes

),

periods as (

    select
        subscription_id,
        subscriber_id,
        change_type as start_reason,
        end_reason,
        changed_date as started_date,
        ended_date,
        changed_at as started_at,
        ended_at
    from followed
    where change_type in ('new', 'reactivated')

)

select * from periods
