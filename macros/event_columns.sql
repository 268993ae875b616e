{#- What all events share, under the names of the house, so that any of them can be united by name. Addresses (IP) and user agents stay
    behind: no mart needs them. A page view names its page twice, and the event's own word goes before that of its context. -#}
{% macro event_columns(is_page_view=false) -%}
    id as event_id,
        anonymous_id as device_id,
        context_device_id as app_device_id,
        user_id as shop_customer_id,
        coalesce(lower(context_device_type), 'web') as platform,
        context_app_version as app_version,
        context_locale as locale,
    {%- for part in ['url', 'path', 'referrer', 'title'] %}
        {{ 'coalesce(' ~ part ~ ', context_page_' ~ part ~ ')' if is_page_view else 'context_page_' ~ part }} as page_{{ part }},
    {%- endfor %}
        context_campaign_source as utm_source,
        context_campaign_medium as utm_medium,
        context_campaign_name as utm_campaign,
        context_campaign_content as utm_content,
        context_campaign_term as utm_term,
        timestamp as occurred_at,
        received_at
{%- endmacro %}
