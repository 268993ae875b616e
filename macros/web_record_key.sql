{#- The source record that a web order belongs to: its account, or for a guest the order itself. -#}
{% macro web_record_key(order_id, shop_customer_id) -%}
    case when {{ shop_customer_id }} is null then 'shopify.order:' || {{ order_id }} else 'shopify.customer:' || {{ shop_customer_id }} end
{%- endmacro %}
