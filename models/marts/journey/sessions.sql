with

sessions as (

    select * from {{ ref('int_sessions__identified') }}

),

described as (

    select
        -- keys
        session_id,
        customer_id,

        -- facts
        platform,
        channel,
        session_source,
        session_medium,
        session_campaign,
        landing_path,
        events,
        page_views,
        product_views,
        products_added,
        checkouts,
        orders,
        cast({{ dbt.datediff('started_at', 'ended_at', 'second') }} as bigint) as duration_seconds,

        -- flags
        page_views <= 1 and product_views + products_added + checkouts + orders = 0 as is_bounce,

        -- dates
        started_date,

        -- times
        started_at,
        ended_at
    from sessions

)

select * from described
