{#- Whether a cleaned text has the shape of an address: one @, a local part without stray dots, a domain with a top level. -#}
{% macro is_email(column) -%}
    (
        {{ regexp_like(column, '^[^@,;:<>()"]+@([^@.,;:<>()"_]+[.])+[^@.,;:<>()"_0-9-]{2,}$') }}
        and {{ column }} not like '.%'
        and {{ column }} not like '%..%'
        and {{ column }} not like '%.@%'
    )
{%- endmacro %}
