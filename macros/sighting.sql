{#- One source's rows in the columns of int_identity__sightings: `key` of the row itself, `record` as 'system.table:key' of the source
    record it speaks of, `says` for what else it says (column: expression). What it does not say is null. -#}
{% macro sighting(system, table, key, record, says) -%}
    '{{ system }}' as source_system,
        '{{ table }}' as source_table,
        {{ key }} as source_key,
        {{ record }} as record_key
    {%- for column in ['email', 'second_email', 'phone', 'country_code', 'loyalty_number', 'shop_customer_id', 'crm_contact_id',
        'payment_card', 'order_reference', 'national_id', 'first_name', 'last_name', 'address_line', 'city', 'postal_code'] -%}
        ,
        cast({{ says.get(column, 'null') }} as {{ dbt.type_string() }}) as {{ column }}
    {%- endfor -%}
        ,
        cast({{ says.get('birth_date', 'null') }} as date) as birth_date,
        cast({{ says.get('is_verified', 'null') }} as boolean) as is_verified,
        cast({{ says.get('first_seen_at', 'null') }} as timestamp) as first_seen_at,
        cast({{ says.get('observed_at', says.get('first_seen_at', 'null')) }} as timestamp) as observed_at
{%- endmacro %}
