with

-- Where a source keeps a state and not its history, nobody knows when it came to be: a yes counts from the row's beginning and a no from
-- its last change, so that a state which was copied late never overrules a withdrawal.
accounts as (

    select
        'shopify' as source_system,
        'customer' as source_table,
        shop_customer_id as source_key,
        'shopify.customer:' || shop_customer_id as sighting_key,
        'accepts_marketing' as word,
        accepts_marketing as is_granted,
        case when accepts_marketing then created_at else coalesce(updated_at, created_at) end as said_at
    from {{ ref('stg_shopify__customers') }}
    where accepts_marketing is not null

),

orders as (

    select
        'shopify' as source_system,
        'order' as source_table,
        order_id as source_key,
        'shopify.order:' || order_id as sighting_key,
        'accepts_marketing' as word,
        accepts_marketing as is_granted,
        ordered_at as said_at
    from {{ ref('stg_shopify__orders') }}
    where accepts_marketing is not null

),

consent_events as (

    select
        'privacy' as source_system,
        'consent_event' as source_table,
        consent_event_id as source_key,
        'privacy.consent_event:' || consent_event_id as sighting_key,
        {{ trimmed('purpose') }} as word,
        {{ trimmed('consent_status') }} = 'granted' as is_granted,
        occurred_at as said_at
    from {{ ref('stg_privacy__consent_events') }}

),

-- a list names what was agreed to; about what it leaves out it is silent
profiles as (

    {% for word, answer in [
        ('accepts_marketing', 'accepts_marketing'),
        ('email', "case when lower(consented_channels) like '%email%' then true end"),
        ('sms', "case when lower(consented_channels) like '%sms%' then true end"),
        ('sms_consent', "lower(sms_consent) in ('true', 'yes', '1')"),
    ] %}
    select
        'klaviyo' as source_system,
        'person' as source_table,
        email_profile_id as source_key,
        'klaviyo.person:' || email_profile_id as sighting_key,
        '{{ word }}' as word,
        {{ answer }} as is_granted,
        case when {{ answer }} then coalesce(consented_at, created_at) else coalesce(updated_at, created_at) end as said_at
    from {{ ref('stg_klaviyo__people') }}
    where ({{ answer }}) is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- whoever leaves a mailing list, or calls it spam, has said no
ways_to_leave as (

    select distinct word
    from {{ ref('consent_purposes') }}
    where source_system = 'klaviyo' and source_table = 'event'

),

unsubscribes as (

    select
        'klaviyo' as source_system,
        'event' as source_table,
        events.email_event_id as source_key,
        'klaviyo.person:' || events.email_profile_id as sighting_key,
        ways_to_leave.word,
        false as is_granted,
        events.occurred_at as said_at
    from {{ ref('stg_klaviyo__events') }} as events
    inner join ways_to_leave
        on lower(replace(events.event_type, ' ', '_')) = ways_to_leave.word

)

{% for source in ['accounts', 'orders', 'consent_events', 'profiles', 'unsubscribes'] %}
select * from {{ source }}
{{ 'union all' if not loop.last }}
{% endfor %}
