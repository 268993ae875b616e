with

states as (

    select * from {{ ref('int_subscriptions__states') }}

),

compared as (

    select
        *,
        coalesce(lag(is_active) over (partition by subscription_id order by version), false) as was_active,
        coalesce(lag(is_paused) over (partition by subscription_id order by version), false) as was_paused,
        coalesce(lag(mrr_amount) over (partition by subscription_id order by version), 0) as previous_mrr_amount,
        coalesce(
            bool_or(is_active) over (partition by subscription_id order by version rows between unbounded preceding and 1 preceding), false
        ) as was_ever_active
    from states

),

named as (

    select
        subscription_id,
        subscriber_id,
        version,
        case
            when is_active and not was_active and not was_ever_active then 'new'
            when is_active and not was_active then 'reactivated'
            when was_active and not is_active then end_reason
            when is_paused and not was_paused then 'paused'
            when was_paused and not is_paused then 'resumed'
            when mrr_amount > previous_mrr_amount then 'expanded'
            when mrr_amount < previous_mrr_amount then 'contracted'
        end as change_type,
        cast(mrr_amount - previous_mrr_amount as decimal(18, 2)) as mrr_change,
        changed_date,
        changed_at
    from compared

)

select * from named
where change_type is not null
