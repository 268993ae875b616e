{#- The number of the source record that a row of stg_shopify__orders belongs to. -#}
{% macro web_record_id() -%}
    {{ record_id(web_record_key('order_id', 'shop_customer_id')) }}
{%- endmacro %}
