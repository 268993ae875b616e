with

records as (

    select * from {{ ref('customer_identities') }}

),

seen as (

    select
        customer_id,
        count(*) as source_records,
        count(distinct source_system) as source_systems,
        min(first_seen_at) as first_seen_at,
        max(first_seen_at) as last_new_record_at
    from records
    group by customer_id

),

bought as (

    select
        customer_id,
        max(ordered_at) as last_ordered_at,
        bool_or(channel = 'web') as bought_on_web,
        bool_or(channel = 'store') as bought_in_store
    from {{ ref('orders') }}
    where customer_id is not null and not is_return_only
    group by customer_id

),

consents as (

    select
        customer_id,
        bool_or(is_granted) filter (where purpose = 'marketing') as accepts_marketing,
        bool_or(is_granted and purpose = 'marketing' and channel = 'email') as consents_to_email,
        bool_or(is_granted and purpose = 'marketing' and channel = 'sms') as consents_to_sms,
        bool_or(is_granted and purpose = 'advertising') as consents_to_advertising,
        bool_or(is_granted and purpose = 'profiling') as consents_to_profiling
    from {{ ref('customer_consents') }}
    group by customer_id

),

value as (

    select * from {{ ref('customer_ltv') }}

),

rfm as (

    select * from {{ ref('customer_rfm') }}

),

described as (

    select
        -- keys
        seen.customer_id,

        -- facts
        seen.source_records,
        seen.source_systems,
        case
            when bought.bought_on_web and bought.bought_in_store then 'store, web'
            when bought.bought_on_web then 'web'
            when bought.bought_in_store then 'store'
            else 'none'
        end as channels,
        value.orders,
        value.net_revenue,
        value.predicted_value_12_months,
        rfm.segment,
        case
            when value.orders = 0 then 'prospect'
            when value.last_order_date < {{ days_before_as_of_date(var('win_back_days')) }} then 'lapsed'
            when value.order_days = 1 then 'new'
            else 'active'
        end as lifecycle_stage,

        -- flags
        consents.accepts_marketing,
        {% for consent in ['email', 'sms', 'advertising', 'profiling'] %}
        coalesce(consents.consents_to_{{ consent }}, false) as consents_to_{{ consent }},
        {% endfor %}

        -- dates
        value.first_order_date,
        value.last_order_date,

        -- times
        seen.first_seen_at,
        greatest(coalesce(bought.last_ordered_at, seen.last_new_record_at), seen.last_new_record_at) as last_seen_at
    from seen
    inner join value
        on seen.customer_id = value.customer_id
    inner join rfm
        on seen.customer_id = rfm.customer_id
    left join bought
        on seen.customer_id = bought.customer_id
    left join consents
        on seen.customer_id = consents.customer_id

)

select * from described
