with

-- a device tells the same at every sign-in: once is enough
sign_ins as (

    select
        device_id,
        shop_customer_id,
        email,
        phone,
        first_name,
        last_name,
        min(event_id) as event_id,
        min(occurred_at) as first_seen_at,
        max(occurred_at) as observed_at
    from {{ ref('stg_segment__identifies') }}
    where device_id is not null and coalesce(shop_customer_id, email, phone) is not null
    group by device_id, shop_customer_id, email, phone, first_name, last_name

),

devices as (

    select
        {{ sighting('segment', 'identifies', 'event_id', "'segment.device:' || device_id", {
            'shop_customer_id': 'shop_customer_id', 'email': 'email', 'phone': 'phone', 'first_name': 'first_name',
            'last_name': 'last_name', 'first_seen_at': 'first_seen_at', 'observed_at': 'observed_at'
        }) }}
    from sign_ins

),

reviews as (

    select
        {{ sighting('feedback', 'review', 'review_id', "'feedback.review:' || review_id", {
            'email': 'email', 'order_reference': 'order_reference', 'first_seen_at': 'reviewed_at'
        }) }}
    from {{ ref('stg_feedback__reviews') }}
    where coalesce(email, order_reference) is not null

),

survey_responses as (

    select
        {{ sighting('feedback', 'survey_response', 'response_id', "'feedback.survey_response:' || response_id", {
            'email': 'email', 'first_seen_at': 'responded_at'
        }) }}
    from {{ ref('stg_feedback__survey_responses') }}
    where email is not null

),

-- an invitation speaks of the one invited; the order is theirs
referrals as (

    select
        {{ sighting('loyalty', 'referral', 'referral_id', "'loyalty.referral:' || referral_id", {
            'email': 'referee_email', 'order_reference': 'order_reference', 'first_seen_at': 'sent_at'
        }) }}
    from {{ ref('stg_loyalty__referrals') }}
    where coalesce(referee_email, order_reference) is not null

),

social_interactions as (

    select
        {{ sighting('social', 'interaction', 'interaction_id', "'social.interaction:' || interaction_id", {
            'email': 'email', 'first_seen_at': 'occurred_at'
        }) }}
    from {{ ref('stg_social__interactions') }}
    where email is not null

),

consent_events as (

    select
        {{ sighting('privacy', 'consent_event', 'consent_event_id', "'privacy.consent_event:' || consent_event_id", {
            'email': "case when identifier_type = 'email' then identifier_value end",
            'phone': "case when identifier_type = 'phone' then identifier_value end",
            'loyalty_number': "case when identifier_type = 'loyalty_number' then identifier_value end",
            'shop_customer_id': "case when identifier_type = 'shop_customer_id' then identifier_value end",
            'first_seen_at': 'occurred_at'
        }) }}
    from {{ ref('stg_privacy__consent_events') }}
    where identifier_type in ('email', 'phone', 'loyalty_number', 'shop_customer_id') and identifier_value is not null

)

{% for source in ['devices', 'reviews', 'survey_responses', 'referrals', 'social_interactions', 'consent_events'] %}
select * from {{ source }}
{{ 'union all' if not loop.last }}
{% endfor %}
