{#- What the rows of `said` say of one field of the golden record, in the columns that all fields share: `key` is what is compared, `value`
    what a reader sees, `parts` the columns of customer_contacts that it fills. Rows without the key say nothing of it. -#}
{% macro said_field(field, key, value, parts, is_first=true) -%}
    select
        customer_id,
        '{{ field }}' as field,
        {{ key }} as value_key,
        {{ value }} as value,
        {% for part in ['first_name', 'last_name', 'address_line', 'city', 'postal_code', 'country_code'] %}
        {{ part if part in parts else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as {{ part }},
        {% endfor %}
        {{ 'is_verified' if field == 'email' else 'false' }} as is_verified,
        {{ is_first }} as is_first,
        source_system,
        source_table,
        source_key,
        first_seen_at,
        observed_at
    from said
    where {{ key }} is not null
{%- endmacro %}
