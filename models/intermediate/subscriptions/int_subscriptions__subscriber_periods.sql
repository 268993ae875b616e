with

periods as (

    select
        *,
        max(coalesce(ended_at, timestamp '9999-12-31 00:00:00')) over (
            partition by subscriber_id
            order by started_at, subscription_id
            rows between unbounded preceding and 1 preceding
        ) as left_before
    from {{ ref('int_subscriptions__periods') }}

),

-- who changes from one subscription to the next at the same moment has not gone
numbered as (

    select
        *,
        sum(case when started_at <= left_before then 0 else 1 end) over (
            partition by subscriber_id
            order by started_at, subscription_id
            rows between unbounded preceding and current row
        ) as stay
    from periods

),

stays as (

    select
        subscriber_id,
        case when stay = 1 then 'new' else 'reactivated' end as start_reason,
        min(started_date) as started_date,
        -- one that runs keeps the subscriber
        case when count(ended_date) = count(*) then max(ended_date) end as ended_date,
        case when count(ended_date) = count(*) then max_by(end_reason, ended_at) end as end_reason
    from numbered
    group by subscriber_id, stay

)

select * from stays
