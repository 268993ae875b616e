{#- Every raw table with the staging model that reads it: what the landing models go through one by one.
    dbt must know the list before it can read the source ymls; tests/python/test_house_rules.py holds it to them. -#}
{% macro raw_tables() -%}
    {{ return([
        ('finance', 'exchange_rate', 'stg_finance__exchange_rates'),
        ('hubspot', 'contact', 'stg_hubspot__contacts'),
        ('hubspot', 'contact_list', 'stg_hubspot__contact_lists'),
        ('hubspot', 'contact_list_member', 'stg_hubspot__contact_list_members'),
        ('hubspot', 'contact_merge_audit', 'stg_hubspot__contact_merges'),
        ('loyalty', 'member', 'stg_loyalty__members'),
        ('pos', 'receipt', 'stg_pos__receipts'),
        ('pos', 'receipt_line', 'stg_pos__receipt_lines'),
        ('pos', 'store', 'stg_pos__stores'),
        ('shopify', 'abandoned_checkout', 'stg_shopify__abandoned_checkouts'),
        ('shopify', 'customer', 'stg_shopify__customers'),
        ('shopify', 'fulfillment', 'stg_shopify__fulfillments'),
        ('shopify', 'fulfillment_event', 'stg_shopify__fulfillment_events'),
        ('shopify', 'inventory_item', 'stg_shopify__inventory_items'),
        ('shopify', 'inventory_level', 'stg_shopify__inventory_levels'),
        ('shopify', 'location', 'stg_shopify__locations'),
        ('shopify', 'order', 'stg_shopify__orders'),
        ('shopify', 'order_adjustment', 'stg_shopify__order_adjustments'),
        ('shopify', 'order_discount_code', 'stg_shopify__order_discount_codes'),
        ('shopify', 'order_line', 'stg_shopify__order_lines'),
        ('shopify', 'order_line_refund', 'stg_shopify__order_line_refunds'),
        ('shopify', 'product', 'stg_shopify__products'),
        ('shopify', 'product_variant', 'stg_shopify__product_variants'),
        ('shopify', 'refund', 'stg_shopify__refunds'),
        ('shopify', 'shop', 'stg_shopify__shops'),
        ('shopify', 'transaction', 'stg_shopify__transactions'),
    ]) }}
{%- endmacro %}
