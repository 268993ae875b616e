with

first_orders as (

    select * from {{ ref('int_acquisition__first_orders') }}

),

sessions as (

    select
        sessions.customer_id,
        sessions.channel,
        sessions.session_source as touch_source,
        sessions.session_campaign as touch_campaign,
        sessions.started_at as touched_at,
        2 as precedence,
        sessions.session_id as touch_id
    from {{ ref('int_sessions__identified') }} as sessions
    inner join first_orders
        on sessions.customer_id = first_orders.customer_id
    where sessions.started_at <= first_orders.ordered_at

),

-- a member brought whoever bought on an invitation, whatever the first visit came by; one that nobody took up brought nobody
invitations as (

    select
        records.customer_id,
        'referral' as channel,
        'loyalty' as touch_source,
        cast(null as {{ dbt.type_string() }}) as touch_campaign,
        referrals.sent_at as touched_at,
        1 as precedence,
        referrals.referral_id as touch_id
    from {{ ref('stg_loyalty__referrals') }} as referrals
    inner join {{ ref('int_identity__resolved_records') }} as records
        on records.source_system = 'loyalty' and records.source_table = 'referral' and referrals.referral_id = records.source_key
    inner join first_orders
        on records.customer_id = first_orders.customer_id
    where coalesce(referrals.order_reference, cast(referrals.converted_at as {{ dbt.type_string() }})) is not null
        and referrals.sent_at <= first_orders.ordered_at

),

touches as (

    select * from invitations

    union all

    select * from sessions

),

ranked as (

    select
        *,
        row_number() over (partition by customer_id order by precedence asc, touched_at asc, touch_id asc) as touch_rank
    from touches

)

select
    customer_id,
    channel,
    touch_source,
    touch_campaign,
    touched_at
from ranked
where touch_rank = 1
