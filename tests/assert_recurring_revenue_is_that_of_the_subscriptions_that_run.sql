-- Movements add up to what is there: at each month end, what the newest state of every subscription brings, and how many of them run.
with

{{ month_spine('months', ref('int_subscriptions__states'), 'changed_date') }},

newest as (

    select
        months.month,
        states.subscription_id,
        max_by(states.mrr_amount, states.version) as mrr_amount,
        max_by(states.is_active, states.version) as is_active
    from months
    inner join {{ ref('int_subscriptions__states') }} as states
        on states.changed_date <= last_day(months.month)
    group by months.month, states.subscription_id

),

counted as (

    select
        month,
        sum(mrr_amount) as mrr_amount,
        count(case when is_active then 1 end) as subscriptions
    from newest
    group by month

)

select
    counted.month,
    counted.mrr_amount,
    movements.mrr_at_end,
    counted.subscriptions,
    churn.subscriptions_at_end
from counted
left join {{ ref('subscription_mrr') }} as movements
    on counted.month = movements.month
left join {{ ref('subscription_churn') }} as churn
    on counted.month = churn.month
where counted.mrr_amount is distinct from movements.mrr_at_end
    or counted.subscriptions is distinct from churn.subscriptions_at_end
