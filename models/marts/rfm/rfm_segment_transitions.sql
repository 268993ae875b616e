with

changes as (

    select * from {{ ref('rfm_segment_changes') }}

),

moved as (

    select
        valid_from as month_end,
        previous_segment,
        segment,
        count(*) as customers,
        count(case when is_first then 1 end) as newcomers,
        sum(net_revenue) as net_revenue,
        sum(previous_net_revenue) as previous_net_revenue
    from changes
    group by valid_from, previous_segment, segment

),

-- a segment is as large as all who ever came less all who ever went
flows as (

    select
        month_end,
        segment,
        customers as came
    from moved

    union all

    select
        month_end,
        previous_segment as segment,
        -customers as came
    from moved

),

sizes as (

    select
        month_end,
        segment,
        sum(sum(came)) over (partition by segment order by month_end) - sum(came) as customers_before
    from flows
    group by month_end, segment

),

transitions as (

    select
        -- keys
        moved.month_end,
        moved.previous_segment,
        moved.segment,

        -- facts
        cast(moved.customers as bigint) as customers,
        cast(moved.newcomers as bigint) as newcomers,
        -- who has not bought yet is in no history: how many had no orders is not known
        cast(case when moved.previous_segment <> 'no_orders' then sizes.customers_before end as bigint) as customers_before,
        cast(case when moved.previous_segment <> 'no_orders' then moved.customers / nullif(sizes.customers_before, 0) end as decimal(18, 6)) as moved_share,
        cast(moved.previous_net_revenue as decimal(18, 2)) as previous_net_revenue,
        cast(moved.net_revenue as decimal(18, 2)) as net_revenue
    from moved
    inner join sizes
        on moved.month_end = sizes.month_end
        and moved.previous_segment = sizes.segment

)

select * from transitions
