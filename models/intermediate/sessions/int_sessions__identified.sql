with

sessions as (

    select * from {{ ref('int_sessions__sessionised') }}

),

proven as (

    select * from {{ ref('int_sessions__proven') }}

),

device_owners as (

    select * from {{ ref('int_sessions__device_owners') }}

),

channels as (

    select * from {{ ref('int_sessions__channels') }}

),

-- two may share a device: who signed in or bought in the session itself goes before the device's owner
identified as (

    select
        sessions.session_id,
        sessions.device_id,
        coalesce(proven.customer_id, device_owners.customer_id) as customer_id,
        sessions.platform,
        sessions.events,
        sessions.page_views,
        sessions.product_views,
        sessions.products_added,
        sessions.checkouts,
        sessions.orders,
        sessions.landing_path,
        coalesce(sessions.utm_source, sessions.referrer_host) as session_source,
        sessions.utm_medium as session_medium,
        sessions.utm_campaign as session_campaign,
        channels.channel,
        sessions.started_date,
        sessions.started_at,
        sessions.ended_at
    from sessions
    left join proven
        on sessions.session_id = proven.session_id
    left join device_owners
        on sessions.device_id = device_owners.device_id
    left join channels
        on sessions.utm_source is not distinct from channels.utm_source
        and sessions.utm_medium is not distinct from channels.utm_medium
        and sessions.url_parameters is not distinct from channels.url_parameters
        and sessions.referrer_host is not distinct from channels.referrer_host

)

select * from identified
