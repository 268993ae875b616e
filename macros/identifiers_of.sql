{#- The identifiers in rows of int_identity__normalised_sightings, one row per row and identifier. -#}
{% macro identifiers_of(sightings) -%}
    {%- set types_of_columns = {
        'email': 'email', 'second_email': 'email', 'phone': 'phone', 'loyalty_number': 'loyalty_number', 'shop_customer_id': 'shop_customer_id',
        'crm_contact_id': 'crm_contact_id', 'payment_card': 'payment_card', 'order_reference': 'order'
    } -%}
    {%- for column, identifier_type in types_of_columns.items() %}
    select
        record_id,
        '{{ identifier_type }}' as identifier_type,
        {{ column }} as identifier_value,
        said_by,
        first_seen_at,
        observed_at as last_seen_at
    from {{ sightings }}
    where {{ column }} is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
