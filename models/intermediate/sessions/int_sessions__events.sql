-- A notification that arrives on a phone is nobody's doing: of the messages, only what was tapped or seen counts.
{%- set kinds = {
    'page_view': 'page_views', 'screen_view': 'screen_views', 'product_view': 'product_views', 'product_search': 'product_searches',
    'product_added': 'products_added', 'product_removed': 'products_removed', 'product_share': 'product_shares',
    'checkout_started': 'checkouts_started', 'order_completed': 'orders_completed', 'sign_in': 'identifies',
    'experiment_view': 'experiment_views', 'in_app_message_view': 'in_app_messages_viewed',
    'in_app_message_click': 'in_app_messages_clicked', 'push_tap': 'push_notifications_tapped'
} %}
{% for kind, events in kinds.items() %}
select
    -- keys
    event_id,
    coalesce(device_id, app_device_id) as device_id,
    shop_customer_id,
    {{ 'order_id' if kind == 'order_completed' else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as order_reference,

    -- facts
    '{{ kind }}' as kind,
    platform,
    page_url,
    page_referrer,
    utm_source,
    {{ "coalesce(utm_medium, 'push')" if kind == 'push_tap' else 'utm_medium' }} as utm_medium,
    {{ 'coalesce(utm_campaign, campaign_name)' if kind == 'push_tap' else 'utm_campaign' }} as utm_campaign,

    -- flags
    {{ 'true' if kind == 'push_tap' else 'page_url is not null' }} as tells_origin,

    -- times
    occurred_at,
    received_at
from {{ ref('stg_segment__' ~ events) }}
where coalesce(device_id, app_device_id) is not null
    and occurred_at < {{ day_begins_at(dbt.dateadd('day', 1, as_of_date())) }}
{{ 'union all' if not loop.last }}
{% endfor %}
