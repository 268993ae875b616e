{#- Where one field of the golden record comes from: the row that says it, when it did, and whether another says something else. Over the rows
    of int_contacts__golden, of which each customer has one per field. -#}
{% macro golden_field(field) -%}
    max(case when field = '{{ field }}' then source_system || '.' || source_table end) as {{ field }}_source,
        max(case when field = '{{ field }}' then source_key end) as {{ field }}_source_key,
        max(case when field = '{{ field }}' then observed_at end) as {{ field }}_observed_at,
        bool_or(field = '{{ field }}' and has_conflict) as has_{{ field }}_conflict
{%- endmacro %}
