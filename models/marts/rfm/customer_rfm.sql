with

measured as (

    select * from {{ ref('int_rfm__measured') }}

),

buyers as (

    select * from measured
    where order_days > 0

),

{{ score_cuts('recency_cuts', 'buyers', 'last_order_date') }},

{{ score_cuts('frequency_cuts', 'buyers', 'order_days') }},

{{ score_cuts('monetary_cuts', 'buyers', 'net_revenue') }},

segments as (

    select * from {{ ref('rfm_segments') }}

),

scored as (

    select
        measured.*,
        case
            when measured.order_days > 0 then {{ score_of('measured.last_order_date', 'recency_cuts.last_order_date') }}
        end as recency_score,
        case
            when measured.order_days > 0 then {{ score_of('measured.order_days', 'frequency_cuts.order_days') }}
        end as frequency_score,
        case
            when measured.order_days = 0 then null
            -- who gave back all they bought is worth least, however many others did the same
            when measured.net_revenue <= 0 then 1
            else {{ score_of('measured.net_revenue', 'monetary_cuts.net_revenue') }}
        end as monetary_score
    from measured
    cross join recency_cuts
    cross join frequency_cuts
    cross join monetary_cuts

),

segmented as (

    select
        -- keys
        scored.customer_id,

        -- facts
        cast(
            {{ dbt.datediff('scored.last_order_date', as_of_date(), 'day') }} as bigint
        ) as recency_days,
        scored.orders,
        scored.order_days,
        scored.net_revenue,
        cast(scored.recency_score as bigint) as recency_score,
        cast(scored.frequency_score as bigint) as frequency_score,
        cast(scored.monetary_score as bigint) as monetary_score,
        case when scored.order_days = 0 then 'no_orders' else segments.segment end as segment,

        -- dates
        {{ as_of_date() }} as as_of_date
    from scored
    left join segments
        on scored.recency_score = segments.recency_score
        and scored.frequency_score = segments.frequency_score
        and scored.monetary_score = segments.monetary_score

)

select * from segmented
