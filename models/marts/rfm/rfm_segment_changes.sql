with

score_changes as (

    select * from {{ ref('int_rfm__score_changes') }}

),

segments as (

    select * from {{ ref('rfm_segments') }}

),

segmented as (

    select
        score_changes.customer_id,
        score_changes.month_end,
        case when score_changes.recency_score is null then 'no_orders' else segments.segment end as segment,
        case when score_changes.previous_recency_score is null then 'no_orders' else previous_segments.segment end as previous_segment,
        score_changes.net_revenue,
        score_changes.previous_net_revenue
    from score_changes
    left join segments
        on score_changes.recency_score = segments.recency_score
        and score_changes.frequency_score = segments.frequency_score
        and score_changes.monetary_score = segments.monetary_score
    left join segments as previous_segments
        on score_changes.previous_recency_score = previous_segments.recency_score
        and score_changes.previous_frequency_score = previous_segments.frequency_score
        and score_changes.previous_monetary_score = previous_segments.monetary_score

),

changed as (

    select
        *,
        row_number() over (partition by customer_id order by month_end) as change,
        lead(month_end) over (partition by customer_id order by month_end) as next_month_end
    from segmented
    where segment <> previous_segment

),

runs as (

    select
        -- keys
        customer_id,

        -- facts
        segment,
        previous_segment,
        cast(net_revenue as decimal(18, 2)) as net_revenue,
        cast(previous_net_revenue as decimal(18, 2)) as previous_net_revenue,

        -- flags
        change = 1 as is_first,

        -- dates
        month_end as valid_from,
        last_day(cast({{ dbt.dateadd('month', -1, 'next_month_end') }} as date)) as valid_to
    from changed

)

select * from runs
