{#- The identifiers in rows of int_identity__normalised_sightings, one row per row and identifier. -#}
{% macro identifiers_of(sightings) -%}
    {%- set types_of_columns = {
        'email': 'email', 'second_email': 'email', 'phone': 'phone', 'loyalty_number': 'loyalty_number', 'shop_customer_id': 'shop_customer_id',
        'crm_contact_id': 'crm_contact_id', 'payment_card': 'payment_card', 'order_reference': 'order'
    } -%}
    select *
    from (
        select
            record_id,
            said_by,
            first_seen_at,
            observed_at as last_seen_at,
            {{ unpivoted(types_of_columns, 'identifier_type', 'identifier_value') }}
        from {{ sightings }}
    ) as said
    where identifier_value is not null
{%- endmacro %}
