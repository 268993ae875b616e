{{ config(materialized='table') }}

with

order_days as (

    select * from {{ ref('int_value__order_days') }}

),

{{ clv_cut_offs('cut_offs') }},

-- a first day on which nothing was paid is when the customer came; later such days are no occasions
seen as (

    select
        cut_offs.purpose,
        cut_offs.cut_off,
        order_days.customer_id,
        min(order_days.ordered_date) as first_order_date,
        max(case when order_days.net_revenue > 0 then order_days.ordered_date end) as last_occasion_date,
        min_by(order_days.net_revenue, order_days.ordered_date) as first_net_revenue,
        sum(order_days.net_revenue) as net_revenue,
        count(case when order_days.net_revenue > 0 then 1 end) as occasions
    from order_days
    cross join cut_offs
    where order_days.ordered_date <= cut_offs.cut_off
    group by cut_offs.purpose, cut_offs.cut_off, order_days.customer_id

),

aged as (

    select
        purpose,
        cut_off,
        customer_id,
        first_order_date,
        cast(case when first_net_revenue > 0 then occasions - 1 else occasions end as bigint) as repeats,
        coalesce({{ dbt.datediff('first_order_date', 'last_occasion_date', 'day') }}, 0) as last_repeat_age_days,
        {{ dbt.datediff('first_order_date', 'cut_off', 'day') }} as age_days,
        cast(net_revenue - first_net_revenue as decimal(18, 2)) as repeat_revenue
    from seen

),

-- empty unless models are to be fitted apart
acquired as (

    select
        customer_id,
        {{ clv_scope() }} as scope
    from {{ ref('int_acquisition__customers') }}
    where '{{ var("clv_fit_by") }}' <> 'none'

),

large_scopes as (

    select
        aged.purpose,
        acquired.scope
    from aged
    inner join acquired
        on aged.customer_id = acquired.customer_id
    where acquired.scope is not null
    group by aged.purpose, acquired.scope
    having count(*) >= {{ var('clv_fit_by_min_customers') | int }}

),

scoped as (

    select
        -- keys
        aged.purpose,
        aged.customer_id,
        coalesce(large_scopes.scope, 'all') as scope,

        -- facts
        aged.repeats,
        cast(aged.last_repeat_age_days as bigint) as last_repeat_age_days,
        cast(aged.age_days as bigint) as age_days,
        aged.repeat_revenue,
        -- 1e0: a quotient of decimals has another type on each engine
        aged.repeat_revenue * 1e0 / nullif(aged.repeats, 0) as mean_spend,

        -- dates
        aged.first_order_date,
        aged.cut_off
    from aged
    left join acquired
        on aged.customer_id = acquired.customer_id
    left join large_scopes
        on acquired.scope = large_scopes.scope
        and aged.purpose = large_scopes.purpose

)

select * from scoped
