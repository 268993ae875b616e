with

spans as (

    select * from {{ ref('int_rfm__spans') }}

),

month_ends as (

    select * from {{ ref('int_rfm__month_ends') }}

),

-- what held at a month end and at the one before stand in one row: no customer's months need sorting
placed as (

    select
        spans.customer_id,
        {% for measure in ['last_order_date', 'order_days', 'net_revenue'] %}
        spans.{{ measure }},
        case when month_ends.month = spans.first_month then spans.previous_{{ measure }} else spans.{{ measure }} end as previous_{{ measure }},
        {% endfor %}
        month_ends.month
    from spans
    inner join month_ends
        on spans.first_month <= month_ends.month
        -- without an order in the window nothing changes until one comes
        and case
            when spans.order_days > 0 then coalesce(spans.last_month, month_ends.month)
            else spans.first_month
        end >= month_ends.month

),

scored as (

    select
        placed.customer_id,
        {% for previous, cuts in {'': 'month_ends', 'previous_': 'previous_month_ends'}.items() %}
        {% set measures = 'placed.' ~ previous %}
        case when {{ measures }}order_days > 0 then {{ measures }}net_revenue else 0 end as {{ previous }}net_revenue,
        case
            when {{ measures }}order_days > 0 then {{ score_of(measures ~ 'last_order_date', cuts ~ '.last_order_date') }}
        end as {{ previous }}recency_score,
        case
            when {{ measures }}order_days > 0 then {{ score_of(measures ~ 'order_days', cuts ~ '.order_days') }}
        end as {{ previous }}frequency_score,
        case
            when {{ measures }}order_days = 0 then null
            when {{ measures }}net_revenue <= 0 then 1
            else {{ score_of(measures ~ 'net_revenue', cuts ~ '.net_revenue') }}
        end as {{ previous }}monetary_score,
        {% endfor %}
        month_ends.month_end
    from placed
    inner join month_ends
        on placed.month = month_ends.month
    left join month_ends as previous_month_ends
        on cast({{ dbt.dateadd('month', -1, 'placed.month') }} as date) = previous_month_ends.month

)

select * from scored
where recency_score is distinct from previous_recency_score
    or frequency_score is distinct from previous_frequency_score
    or monetary_score is distinct from previous_monetary_score
