{{ config(materialized='table') }}

with

-- a loader without history delivers the state of now alone
versions as (

    select * from {{ ref('stg_recharge__subscription_versions') }}

    union all

    select current_states.*
    from {{ ref('stg_recharge__subscriptions') }} as current_states
    left join {{ ref('stg_recharge__subscription_versions') }} as known
        on current_states.subscription_id = known.subscription_id
        and current_states.updated_at = known.updated_at
    where known.subscription_id is null

),

customers as (

    select
        source_key as subscriber_id,
        customer_id
    from {{ ref('int_identity__resolved_records') }}
    where source_system = 'recharge' and source_table = 'customer'

),

measured as (

    select
        subscription_id,
        subscriber_id,
        created_at,
        case when lower(subscription_status) = 'active' then updated_at else coalesce(cancelled_at, updated_at) end as changed_at,
        updated_at,
        lower(subscription_status) = 'active' as is_active,
        lower(subscription_status) = 'active' and next_charge_at is null as is_paused,
        case
            when lower(subscription_status) = 'active' then null
            when lower(subscription_status) = 'expired' then 'expired'
            when lower(cancellation_reason) like 'max number of charge attempts%' then 'payment_failed'
            else 'cancelled'
        end as end_reason,
        -- a year has twelve months and 365 days
        case lower(interval_unit)
            when 'month' then {{ to_the_cent('unit_price * quantity / nullif(delivery_interval, 0)') }}
            when 'week' then {{ to_the_cent('unit_price * quantity * 365 / nullif(84 * delivery_interval, 0)') }}
            when 'day' then {{ to_the_cent('unit_price * quantity * 365 / nullif(12 * delivery_interval, 0)') }}
        end as monthly_amount
    from versions

),

numbered as (

    select
        *,
        row_number() over (partition by subscription_id order by changed_at, updated_at) as version
    from measured

),

-- the first state known may be a later one than the first there was
begun as (

    select
        subscription_id,
        subscriber_id,
        changed_at,
        is_active,
        is_paused,
        end_reason,
        monthly_amount,
        version
    from numbered

    union all

    select
        subscription_id,
        subscriber_id,
        created_at as changed_at,
        true as is_active,
        false as is_paused,
        cast(null as {{ dbt.type_string() }}) as end_reason,
        monthly_amount,
        0 as version
    from numbered
    where version = 1 and created_at < changed_at

),

states as (

    select
        begun.subscription_id,
        coalesce(customers.customer_id, 'recharge-' || begun.subscriber_id) as subscriber_id,
        begun.version,
        begun.is_active,
        begun.is_paused,
        begun.end_reason,
        case when begun.is_active and not begun.is_paused then coalesce(begun.monthly_amount, 0) else 0 end as mrr_amount,
        {{ business_date('begun.changed_at', 'shop.time_zone') }} as changed_date,
        begun.changed_at
    from begun
    left join customers
        on begun.subscriber_id = customers.subscriber_id
    cross join {{ ref('int_subscriptions__shop') }} as shop

)

select * from states
where changed_date <= {{ as_of_date() }}
